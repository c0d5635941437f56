package dev.isoflop.laws.stats;

import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;

/** Quantiles of Student's t distribution, for intervals from few points. */
public final class StudentT {

  private StudentT() {}

  /**
   * The t with {@code P(|T| <= t) = confidence}; the normal distribution's for infinitely many
   * degrees of freedom.
   */
  public static double twoSided(double confidence, double degreesOfFreedom) {
    double probability = (1 + confidence) / 2;
    return Double.isInfinite(degreesOfFreedom)
        ? new NormalDistribution().inverseCumulativeProbability(probability)
        : new TDistribution(degreesOfFreedom).inverseCumulativeProbability(probability);
  }

  /** Ratio of an interval's width with an estimated standard deviation to that with a known one. */
  public static double overNormal(double confidence, double degreesOfFreedom) {
    return twoSided(confidence, degreesOfFreedom) / twoSided(confidence, Double.POSITIVE_INFINITY);
  }
}
