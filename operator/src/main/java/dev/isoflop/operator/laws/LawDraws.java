package dev.isoflop.operator.laws;

import java.util.Arrays;

/** The lines that a law's bootstrap resamples gave, as intercepts and slopes on logarithms. */
final class LawDraws {

  private final double[] intercepts;
  private final double[] slopes;

  /** Resamples without a line are NaN in both arrays and are left out. */
  LawDraws(double[] intercepts, double[] slopes) {
    this.intercepts = Arrays.stream(intercepts).filter(value -> !Double.isNaN(value)).toArray();
    this.slopes = Arrays.stream(slopes).filter(value -> !Double.isNaN(value)).toArray();
  }

  int count() {
    return slopes.length;
  }

  Interval slope(double confidence) {
    return Percentiles.central(slopes, confidence);
  }

  Interval intercept(double confidence) {
    return Percentiles.central(intercepts, confidence);
  }

  /** Interval of the lines' ordinates at x. */
  Interval ordinate(double x, double confidence) {
    double[] ordinates = new double[slopes.length];
    for (int i = 0; i < ordinates.length; i++) {
      ordinates[i] = intercepts[i] + slopes[i] * x;
    }
    return Percentiles.central(ordinates, confidence);
  }
}
