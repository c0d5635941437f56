package dev.isoflop.operator.laws;

import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;

/** Quantiles of Student's t distribution, for intervals from few points. */
final class StudentT {

  private StudentT() {}

  /** The t with {@code P(|T| <= t) = confidence}. */
  static double twoSided(double confidence, double degreesOfFreedom) {
    return new TDistribution(degreesOfFreedom).inverseCumulativeProbability((1 + confidence) / 2);
  }

  /** How much wider an interval is when the noise's size is estimated than when it is known. */
  static double overNormal(double confidence, double degreesOfFreedom) {
    double normal = new NormalDistribution().inverseCumulativeProbability((1 + confidence) / 2);
    return twoSided(confidence, degreesOfFreedom) / normal;
  }
}
