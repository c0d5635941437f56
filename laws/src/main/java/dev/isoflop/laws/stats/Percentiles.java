package dev.isoflop.laws.stats;

import java.util.Arrays;

/** Quantiles of a sample, interpolated between order statistics (Hyndman and Fan's type 7). */
public final class Percentiles {

  private Percentiles() {}

  /** The interval that leaves out equal shares on both sides. */
  public static Interval central(double[] sample, double confidence) {
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    return new Interval(
        quantile(sorted, (1 - confidence) / 2), quantile(sorted, (1 + confidence) / 2));
  }

  public static double median(double[] sample) {
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    return quantile(sorted, 0.5);
  }

  private static double quantile(double[] sorted, double probability) {
    double position = probability * (sorted.length - 1);
    int below = (int) position;
    if (below >= sorted.length - 1) {
      return sorted[sorted.length - 1];
    }
    double share = position - below;
    // values far from all data may be infinite, and the difference of two such is not a number
    if (share == 0 || sorted[below] == sorted[below + 1]) {
      return sorted[below];
    }
    return sorted[below] + share * (sorted[below + 1] - sorted[below]);
  }
}
