package dev.isoflop.laws.powerlaw;

import dev.isoflop.laws.stats.LogLine;
import dev.isoflop.laws.stats.StudentT;

/**
 * A fitted law {@code offset + exp(level + exponent (x - centre))} in {@code x = log C}, and what
 * its standard errors need. With offset 0 this is a straight line on logarithms.
 *
 * @param covariance of its coefficients
 * @param residualVariance of log values of unit weight about the law
 * @param degreesOfFreedom budgets beyond the coefficients
 */
public record LawEstimate(
    double offset,
    double level,
    double exponent,
    double centre,
    Covariance covariance,
    double residualVariance,
    int degreesOfFreedom,
    double rSquared) {

  static LawEstimate of(LogLine line) {
    Covariance covariance =
        new Covariance(0, 0, 0, line.ordinateVariance(line.centre()), 0, line.slopeVariance());
    return new LawEstimate(
        0,
        line.centreValue(),
        line.slope(),
        line.centre(),
        covariance,
        line.residualVariance(),
        line.points() - 2,
        line.rSquared());
  }

  /** Log of the power term's coefficient: the value of that term at one FLOP. */
  double logCoefficient() {
    return level - exponent * centre;
  }

  double at(double x) {
    return offset + power(x);
  }

  /** First-order variance of the law's log value at x. */
  public double logVariance(double x) {
    double share = power(x) / at(x);
    // a law without an offset may be small enough for its inverse's square to overflow
    double perOffset = covariance.offsetOffset() == 0 ? 0 : 1 / at(x);
    return covariance.of(perOffset, share, share * (x - centre));
  }

  public double exponentVariance() {
    return covariance.exponentExponent();
  }

  double logCoefficientVariance() {
    return covariance.of(0, 1, -centre);
  }

  double offsetVariance() {
    return covariance.offsetOffset();
  }

  double t(double confidence) {
    return StudentT.twoSided(confidence, degreesOfFreedom);
  }

  private double power(double x) {
    return StrictMath.exp(level + exponent * (x - centre));
  }

  /** The covariances of (offset, level, exponent), each pair once. */
  record Covariance(
      double offsetOffset,
      double offsetLevel,
      double offsetExponent,
      double levelLevel,
      double levelExponent,
      double exponentExponent) {

    /** Variance of the combination {@code o offset + l level + e exponent}. */
    double of(double o, double l, double e) {
      return o * o * offsetOffset
          + l * l * levelLevel
          + e * e * exponentExponent
          + 2 * (o * l * offsetLevel + o * e * offsetExponent + l * e * levelExponent);
    }
  }
}
