package dev.isoflop.operator.report.words;

import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.operator.report.plot.Plot;
import dev.isoflop.operator.report.plot.RichText;

/**
 * Name, symbol, axis and format of a quantity.
 *
 * @param axis the title of its axis
 * @param format writes its values
 * @param free the corner of its plot that the law usually leaves free
 */
public record QuantityStyle(
    String name, RichText symbol, RichText axis, QuantityFormat format, Plot.Corner free) {

  /** The style of a quantity. */
  public static QuantityStyle of(LawQuantity quantity) {
    return switch (quantity) {
      case PARAMETERS -> count("model size", Phrases.N_OPTIMAL);
      case TOKENS -> count("tokens", Phrases.D_OPTIMAL);
      case SAMPLES -> count("samples", Phrases.S_OPTIMAL);
      case LOSS ->
          new QuantityStyle(
              "loss",
              Phrases.LOSS_OPTIMAL,
              RichText.of("Loss at the optimum ").then(Phrases.LOSS_OPTIMAL),
              QuantityFormat.LOSS,
              Plot.Corner.TOP_RIGHT);
    };
  }

  /** The style of a count, which grows with compute. */
  private static QuantityStyle count(String name, RichText symbol) {
    return new QuantityStyle(
        name,
        symbol,
        RichText.of("Optimal " + name + " ").then(symbol),
        QuantityFormat.COUNT,
        Plot.Corner.TOP_LEFT);
  }

  /** A value of it. */
  public String format(double number) {
    return format.of(number);
  }
}
