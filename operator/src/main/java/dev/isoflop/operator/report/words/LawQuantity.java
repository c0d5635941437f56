package dev.isoflop.operator.report.words;

import dev.isoflop.laws.finding.Fit;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.isoflop.Optimum;
import dev.isoflop.laws.powerlaw.PowerLaw;
import dev.isoflop.operator.report.plot.Plot;
import dev.isoflop.operator.report.plot.RichText;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * One of the three quantities that a sweep is for, and how it is read and written.
 *
 * @param axis the title of its axis
 * @param law finds its law
 * @param value reads it off an optimum
 * @param format writes its values
 * @param free the corner of its plot that the law usually leaves free
 */
public record LawQuantity(
    String name,
    RichText symbol,
    RichText axis,
    Function<Laws, Fit<PowerLaw>> law,
    ToDoubleFunction<Optimum> value,
    QuantityFormat format,
    Plot.Corner free) {

  public static final LawQuantity PARAMETERS =
      new LawQuantity(
          "model size",
          Phrases.N_OPTIMAL,
          RichText.of("Optimal model size ").then(Phrases.N_OPTIMAL),
          Laws::parameters,
          Optimum::parameters,
          QuantityFormat.COUNT,
          Plot.Corner.TOP_LEFT);

  public static final LawQuantity TOKENS =
      new LawQuantity(
          "tokens",
          Phrases.D_OPTIMAL,
          RichText.of("Optimal tokens ").then(Phrases.D_OPTIMAL),
          Laws::tokens,
          Optimum::tokens,
          QuantityFormat.COUNT,
          Plot.Corner.TOP_LEFT);

  public static final LawQuantity LOSS =
      new LawQuantity(
          "loss",
          Phrases.LOSS_OPTIMAL,
          RichText.of("Loss at the optimum ").then(Phrases.LOSS_OPTIMAL),
          Laws::loss,
          Optimum::loss,
          QuantityFormat.LOSS,
          Plot.Corner.TOP_RIGHT);

  public static final List<LawQuantity> ALL = List.of(PARAMETERS, TOKENS, LOSS);

  public Fit<PowerLaw> law(Laws laws) {
    return law.apply(laws);
  }

  public double value(Optimum optimum) {
    return value.applyAsDouble(optimum);
  }

  public String format(double number) {
    return format.of(number);
  }
}
