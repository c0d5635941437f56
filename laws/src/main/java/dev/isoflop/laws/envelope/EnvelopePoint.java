package dev.isoflop.laws.envelope;

import dev.isoflop.laws.data.LawQuantity;
import java.util.OptionalDouble;

/**
 * Point at which the lower envelope passes from one size to the next larger: both have the same
 * loss there, so that the optimum lies between them.
 *
 * @param flops of the crossing
 * @param parameters geometric mean of the two sizes
 * @param tokens geometric mean of what both had processed
 * @param loss of both, so a little above the optimum's
 */
public record EnvelopePoint(double flops, double parameters, double tokens, double loss) {

  /** The value of a quantity; empty where training curves do not tell it. */
  OptionalDouble value(LawQuantity quantity) {
    return switch (quantity) {
      case PARAMETERS -> OptionalDouble.of(parameters);
      case TOKENS -> OptionalDouble.of(tokens);
      case SAMPLES -> OptionalDouble.empty();
      case LOSS -> OptionalDouble.of(loss);
    };
  }
}
