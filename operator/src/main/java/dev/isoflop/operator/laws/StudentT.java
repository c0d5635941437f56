package dev.isoflop.operator.laws;

import org.hipparchus.distribution.continuous.TDistribution;

/** Quantiles of Student's t distribution, for intervals from few points. */
final class StudentT {

  private StudentT() {}

  /** The t with {@code P(|T| <= t) = confidence}. */
  static double twoSided(double confidence, double degreesOfFreedom) {
    return new TDistribution(degreesOfFreedom).inverseCumulativeProbability((1 + confidence) / 2);
  }
}
