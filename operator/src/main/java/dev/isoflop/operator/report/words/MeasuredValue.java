package dev.isoflop.operator.report.words;

import java.util.OptionalDouble;

/**
 * A number as it was read off, whether it can be used or not: a diverged trial may have measured
 * NaN, and a report says so.
 *
 * @param standardError of the mean, where the evaluation gave one
 */
public record MeasuredValue(double value, OptionalDouble standardError) {

  public static MeasuredValue of(double value) {
    return new MeasuredValue(value, OptionalDouble.empty());
  }

  public boolean isFinite() {
    return Double.isFinite(value);
  }

  /** The standard error, if it is one. */
  public OptionalDouble usableError() {
    return standardError.isPresent()
            && standardError.getAsDouble() > 0
            && Double.isFinite(standardError.getAsDouble())
        ? standardError
        : OptionalDouble.empty();
  }
}
