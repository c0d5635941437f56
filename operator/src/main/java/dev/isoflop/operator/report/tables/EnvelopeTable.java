package dev.isoflop.operator.report.tables;

import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.api.v1alpha1.training.ScheduleType;
import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.data.Snapshot;
import dev.isoflop.laws.data.TrainingCurve;
import dev.isoflop.laws.envelope.Envelope;
import dev.isoflop.laws.envelope.EnvelopeLaws;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.finding.Fit;
import dev.isoflop.laws.finding.FitError;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.powerlaw.PowerLaw;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.report.input.LossCurve;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.input.ReportTrial;
import dev.isoflop.operator.report.plot.RichText;
import dev.isoflop.operator.report.tables.Table.Cell;
import dev.isoflop.operator.report.tables.Table.Column;
import dev.isoflop.operator.report.tables.Table.Row;
import dev.isoflop.operator.report.words.Phrases;
import dev.isoflop.operator.report.words.QuantityStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The laws once more, from the whole training curves: the lowest of them at every compute. */
public final class EnvelopeTable {
  private final ReportInput input;
  private final ScalingSweepSpec spec;

  public EnvelopeTable(ReportInput input, ScalingSweepSpec spec) {
    this.input = input;
    this.spec = spec;
  }

  public Table table() {
    Fit<EnvelopeLaws> fit =
        Envelope.fit(curves(), LawOptions.defaults().withConfidence(input.confidence()));
    List<Row> rows = new ArrayList<>();
    List<RichText> notes = new ArrayList<>();
    fit.value()
        .ifPresent(
            laws -> {
              laws.quantities().forEach((quantity, law) -> rows.add(row(quantity, law)));
              notes.add(RichText.of(note(laws)));
              input
                  .laws()
                  .flatMap(parabolas -> Envelope.disagreement(laws, parabolas))
                  .map(Finding::message)
                  .map(RichText::of)
                  .ifPresent(notes::add);
            });
    String interval = Phrases.percent(input.confidence()) + ", Student ";
    return new Table(
        "envelope-table",
        RichText.of("Cross-check by the lower envelope of the training curves"),
        List.of(
            Column.text("Quantity"),
            Column.text("Law"),
            Column.number(RichText.of("Exponent"), "slope on logarithmic axes"),
            Column.number(
                RichText.of(interval).italic("t"),
                "interval of the exponent with crossings - 2 degrees of freedom"),
            Column.number(RichText.of("by parabolas"), "exponent of the law fitted above"),
            Column.number(RichText.of("Crossings"), "points of the law")),
        rows,
        fit.refusal()
            .map(
                refusal ->
                    input
                        .open()
                        .waiting(refusal)
                        .map(waiting -> waiting.sentence() + ".")
                        .orElse(
                            "Not fitted: "
                                + refusal.message().replaceFirst("^envelope: ", "")
                                + "."))
            .orElse(""),
        false,
        notes);
  }

  private Row row(LawQuantity subject, Fit<PowerLaw> fit) {
    QuantityStyle style = QuantityStyle.of(subject);
    RichText symbol = style.symbol();
    // the curves are of the training loss, the laws above of an evaluated one
    String name = (subject == LawQuantity.LOSS ? "training " : "") + style.name() + " ";
    return LawRow.of(
        RichText.of(name).then(symbol),
        symbol,
        fit,
        () -> "not fitted: " + fit.refusal().map(FitError::message).orElse(""),
        6,
        law ->
            List.of(
                input
                    .laws()
                    .flatMap(laws -> laws.law(subject).value())
                    .map(other -> Cell.number(Phrases.exponent(other), other.exponent()))
                    .orElse(Cell.nothing())));
  }

  private static String note(EnvelopeLaws laws) {
    return ("Each point is a compute at which the smoothed training loss of the next larger size"
            + " becomes the lower one; %s do. The schedule is constant after the warm-up, so that"
            + " every moment of a training counts as the end of a shorter one.")
        .formatted(NumberFormat.several(laws.points().size(), "pair") + " of sizes");
  }

  private List<TrainingCurve> curves() {
    Map<String, ReportTrial> succeeded =
        input.trials().stream()
            .filter(ReportTrial::succeeded)
            .collect(Collectors.toMap(ReportTrial::name, Function.identity(), (a, b) -> a));
    boolean constant = spec.training().schedule().type() == ScheduleType.Constant;
    double warmup = spec.training().schedule().warmupFraction();
    List<TrainingCurve> curves = new ArrayList<>();
    for (LossCurve curve : input.curves()) {
      ReportTrial trial = succeeded.get(curve.trial());
      if (trial != null && trial.size().parameters().isPresent()) {
        curves.add(
            new TrainingCurve(
                curve.trial(),
                trial.size().parameters().getAsDouble(),
                constant,
                warmup * trial.size().tokens().orElse(0),
                snapshots(curve)));
      }
    }
    return curves;
  }

  private static List<Snapshot> snapshots(LossCurve curve) {
    return curve.points().stream()
        .filter(point -> point.tokens() > 0 && point.flops() > 0)
        .filter(point -> point.smoothed() > 0 && Double.isFinite(point.smoothed()))
        .map(point -> new Snapshot(point.tokens(), point.flops(), point.smoothed()))
        .toList();
  }
}
