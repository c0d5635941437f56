package dev.isoflop.laws.stats;

/**
 * A straight line {@code y = intercept + slope x} by weighted least squares, with what its standard
 * errors need. The abscissae must not all be equal.
 *
 * @param centre weighted mean of x
 * @param centreValue ordinate at the centre
 * @param sumWeights of the points
 * @param sumSquares weighted sum of squares of x about the centre
 * @param residualVariance of a point of unit weight; NaN with two points
 */
public record LogLine(
    double slope,
    double centre,
    double centreValue,
    double sumWeights,
    double sumSquares,
    double residualVariance,
    double rSquared,
    int points) {

  public static LogLine fit(double[] x, double[] y, double[] weights) {
    double sumWeights = 0;
    double sumX = 0;
    double sumY = 0;
    for (int i = 0; i < x.length; i++) {
      sumWeights += weights[i];
      sumX += weights[i] * x[i];
      sumY += weights[i] * y[i];
    }
    double centre = sumX / sumWeights;
    double centreValue = sumY / sumWeights;
    double sumSquares = 0;
    double products = 0;
    double total = 0;
    for (int i = 0; i < x.length; i++) {
      double u = x[i] - centre;
      double v = y[i] - centreValue;
      sumSquares += weights[i] * u * u;
      products += weights[i] * u * v;
      total += weights[i] * v * v;
    }
    double slope = products / sumSquares;
    double residual = 0;
    for (int i = 0; i < x.length; i++) {
      double error = y[i] - centreValue - slope * (x[i] - centre);
      residual += weights[i] * error * error;
    }
    int degreesOfFreedom = x.length - 2;
    return new LogLine(
        slope,
        centre,
        centreValue,
        sumWeights,
        sumSquares,
        degreesOfFreedom > 0 ? residual / degreesOfFreedom : Double.NaN,
        total == 0 ? 1 : 1 - residual / total,
        x.length);
  }

  public double at(double x) {
    return centreValue + slope * (x - centre);
  }

  public double intercept() {
    return at(0);
  }

  public double slopeVariance() {
    return residualVariance / sumSquares;
  }

  /** Variance of the line's ordinate at x; at 0, of the intercept. */
  public double ordinateVariance(double x) {
    double u = x - centre;
    return residualVariance * (1 / sumWeights + u * u / sumSquares);
  }

  /** Student's t for two-sided intervals of this line. */
  public double t(double confidence) {
    return StudentT.twoSided(confidence, points - 2);
  }
}
