package dev.isoflop.laws.stats;

/**
 * The standard error of an estimate.
 *
 * @param standardError of the estimate
 * @param degreesOfFreedom that the standard error was estimated with; infinite when it is known
 */
public record Spread(double standardError, double degreesOfFreedom) {

  /**
   * The spread of the difference of two independent estimates, with the degrees of freedom of Welch
   * (1947) and Satterthwaite (1946), as the two sweeps need not have equal noise.
   */
  public Spread and(Spread other) {
    double ours = standardError * standardError;
    double theirs = other.standardError * other.standardError;
    double sum = ours + theirs;
    double degrees =
        sum > 0
            ? sum
                * sum
                / (ours * ours / degreesOfFreedom + theirs * theirs / other.degreesOfFreedom)
            : Math.min(degreesOfFreedom, other.degreesOfFreedom);
    return new Spread(StrictMath.sqrt(sum), degrees);
  }

  public double halfWidth(double confidence) {
    return standardError * StudentT.twoSided(confidence, degreesOfFreedom);
  }

  public Interval around(double centre, double confidence) {
    return Interval.around(centre, halfWidth(confidence));
  }
}
