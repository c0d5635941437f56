package dev.isoflop.operator.report.page;

import dev.isoflop.laws.finding.Fit;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.powerlaw.PowerLaw;
import dev.isoflop.laws.stats.Interval;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.plot.Numerals;
import dev.isoflop.operator.report.plot.RichText;
import dev.isoflop.operator.report.words.Phrases;
import dev.isoflop.operator.report.words.QuantityFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The result in two sentences: the exponents, and what they mean. */
final class Headline {

  private final ReportInput input;

  Headline(ReportInput input) {
    this.input = input;
  }

  /** The exponents with their intervals. */
  RichText result() {
    List<RichText> parts = new ArrayList<>();
    part("model size grows as ", Phrases.N_OPTIMAL, law(Laws::parameters)).ifPresent(parts::add);
    part("data as ", Phrases.D_OPTIMAL, law(Laws::tokens)).ifPresent(parts::add);
    part("loss falls as ", Phrases.LOSS_OPTIMAL, law(Laws::loss)).ifPresent(parts::add);
    if (parts.isEmpty()) {
      return RichText.of("No scaling law could be fitted" + (input.open().any() ? " yet." : "."));
    }
    RichText sentence = RichText.of("At the compute-optimal point, ");
    for (int i = 0; i < parts.size(); i++) {
      sentence = sentence.then(parts.get(i));
      sentence =
          sentence.text(i == parts.size() - 1 ? "." : i == parts.size() - 2 ? " and " : ", ");
    }
    return sentence;
  }

  private static Optional<RichText> part(String words, RichText symbol, Optional<PowerLaw> law) {
    return law.map(
        it -> {
          boolean rising = it.exponent() > 0 && words.startsWith("loss");
          return RichText.of(rising ? "loss changes as " : words)
              .then(symbol)
              .text("\u00a0\u221d\u00a0")
              .italic("C")
              .superscript(Phrases.exponent(it))
              .text(" " + Phrases.exponentInterval(it, it.interval().exponent()));
        });
  }

  /** The headline's law read for a tenfold budget, or why there is no law. */
  RichText meaning() {
    Optional<PowerLaw> size = law(Laws::parameters);
    Optional<PowerLaw> data = law(Laws::tokens);
    Optional<PowerLaw> loss = law(Laws::loss);
    List<String> parts = new ArrayList<>();
    size.ifPresent(it -> parts.add("a model " + factor(it) + " larger"));
    data.ifPresent(it -> parts.add(factor(it) + " the training data"));
    RichText text = RichText.EMPTY;
    if (!parts.isEmpty()) {
      text = text.text("Ten times the compute is best spent on " + Phrases.list(parts));
    }
    if (loss.isPresent()) {
      double change = 100 * (StrictMath.pow(10, loss.get().exponent()) - 1);
      Interval exponent = loss.get().interval().exponent();
      Interval falls = new Interval(change(-exponent.high()), change(-exponent.low()));
      QuantityFormat format = QuantityFormat.significant(2).apart(falls);
      String percent = format.of(Math.abs(change)) + "\u00a0%";
      String range = format.interval(falls);
      text =
          text.text(parts.isEmpty() ? "Ten times the compute " : ", and ")
              .text(
                  change < 0
                      ? "lowers the loss by " + percent + " " + range
                      : "does not lower the loss (+" + percent + ")");
    }
    if (!text.runs().isEmpty()) {
      return text.text(
          ". Brackets are "
              + Phrases.percent(input.confidence())
              + " confidence intervals (Student's t; Table 1 has the bootstrap's too).");
    }
    return Numerals.rich(
        input
            .laws()
            .flatMap(laws -> laws.parameters().refusal())
            .map(refusal -> Phrases.capital(input.open().why(refusal)) + ".")
            .orElse(
                input.open().any()
                    ? "No budget of the sweep is complete yet."
                    : "The trials measured too little."));
  }

  /** The fall of the loss in percent over a decade, for minus the exponent. */
  private static double change(double fall) {
    return 100 * (1 - StrictMath.pow(10, -fall));
  }

  private static String factor(PowerLaw law) {
    Interval exponent = law.interval().exponent();
    Interval factors = new Interval(tenTo(exponent.low()), tenTo(exponent.high()));
    QuantityFormat format =
        new QuantityFormat(3, (value, digits) -> Numerals.scientific(value, digits).plain())
            .apart(factors);
    return format.of(tenTo(law.exponent())) + "\u00d7 " + format.interval(factors);
  }

  private static double tenTo(double exponent) {
    return StrictMath.pow(10, exponent);
  }

  private Optional<PowerLaw> law(java.util.function.Function<Laws, Fit<PowerLaw>> which) {
    return input.laws().map(which).flatMap(Fit::value);
  }
}
