package dev.isoflop.laws.data;

import java.util.OptionalDouble;

/**
 * A measured number and, where the evaluation gave one, the standard error of its mean.
 *
 * @param value finite
 * @param standardError positive and finite, or empty when unknown
 */
public record Measurement(double value, OptionalDouble standardError) {

  public Measurement {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "value: "
              + value
              + " is not a finite number; leave a diverged trial out, or mark it Excluded");
    }
    if (standardError.isPresent()
        && !(standardError.getAsDouble() > 0 && Double.isFinite(standardError.getAsDouble()))) {
      throw new IllegalArgumentException(
          "standardError: "
              + standardError.getAsDouble()
              + " is not positive and finite; leave it empty when it is unknown");
    }
  }

  /** A value whose error is unknown. */
  public static Measurement of(double value) {
    return new Measurement(value, OptionalDouble.empty());
  }

  public static Measurement of(double value, double standardError) {
    return new Measurement(value, OptionalDouble.of(standardError));
  }
}
