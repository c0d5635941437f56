package dev.isoflop.laws.stats;

import java.util.Optional;

/**
 * A weighted least-squares parabola {@code y = value + slope u + curvature/2 u^2} with {@code u = x
 * - centre}.
 *
 * <p>Solved in polynomials orthogonal on the given abscissae (Forsythe, "Generation and use of
 * orthogonal polynomials for data-fitting", 1957), which needs no linear solver and does not lose
 * digits when the abscissae are far from zero.
 *
 * @param centre weighted mean of the abscissae
 * @param value ordinate at the centre
 * @param slope first derivative at the centre
 * @param curvature second derivative
 * @param rSquared share of the ordinates' (weighted) variance explained
 * @param degreesOfFreedom points of positive weight beyond the three that the coefficients take up
 * @param residualVariance of an observation of unit weight; NaN without degrees of freedom
 * @param basis moments that the covariance of the coefficients is made of
 */
public record Parabola(
    double centre,
    double value,
    double slope,
    double curvature,
    double rSquared,
    int degreesOfFreedom,
    double residualVariance,
    Basis basis) {

  /**
   * Norms of the orthogonal polynomials 1, u and {@code u^2 - b u - c}.
   *
   * @param norm0 sum of weights
   * @param norm1 weighted sum of squares of u
   * @param norm2 weighted sum of squares of the quadratic
   */
  record Basis(double norm0, double norm1, double norm2, double b, double c) {}

  /**
   * Fits a parabola; empty when fewer than three different abscissae have a weight.
   *
   * @param weights relative inverse variances; 0 leaves a point out
   */
  public static Optional<Parabola> fit(double[] x, double[] y, double[] weights) {
    int n = x.length;
    int counted = 0;
    double norm0 = 0;
    double sumX = 0;
    double sumY = 0;
    for (int i = 0; i < n; i++) {
      counted += weights[i] > 0 ? 1 : 0;
      norm0 += weights[i];
      sumX += weights[i] * x[i];
      sumY += weights[i] * y[i];
    }
    double centre = sumX / norm0;
    double meanY = sumY / norm0;
    double norm1 = 0;
    double third = 0;
    double projection1 = 0;
    for (int i = 0; i < n; i++) {
      double u = x[i] - centre;
      norm1 += weights[i] * u * u;
      third += weights[i] * u * u * u;
      projection1 += weights[i] * u * (y[i] - meanY);
    }
    double b = third / norm1;
    double c = norm1 / norm0;
    double norm2 = 0;
    double projection2 = 0;
    double scale = 0;
    for (int i = 0; i < n; i++) {
      double u = x[i] - centre;
      double quadratic = u * u - b * u - c;
      norm2 += weights[i] * quadratic * quadratic;
      projection2 += weights[i] * quadratic * (y[i] - meanY);
      scale += weights[i] * u * u * u * u;
    }
    if (!(norm2 > 1e-20 * scale)) {
      return Optional.empty();
    }
    double linear = projection1 / norm1;
    double half = projection2 / norm2;
    double residual = 0;
    double total = 0;
    for (int i = 0; i < n; i++) {
      double u = x[i] - centre;
      double error = y[i] - meanY - linear * u - half * (u * u - b * u - c);
      residual += weights[i] * error * error;
      total += weights[i] * (y[i] - meanY) * (y[i] - meanY);
    }
    int degreesOfFreedom = counted - 3;
    return Optional.of(
        new Parabola(
            centre,
            meanY - half * c,
            linear - half * b,
            2 * half,
            total == 0 ? 1 : 1 - residual / total,
            degreesOfFreedom,
            degreesOfFreedom > 0 ? residual / degreesOfFreedom : Double.NaN,
            new Basis(norm0, norm1, norm2, b, c)));
  }

  public double at(double x) {
    double u = x - centre;
    return value + slope * u + curvature / 2 * u * u;
  }

  public boolean convex() {
    return curvature > 0;
  }

  /** The place where the derivative is zero; a minimum when {@link #convex()}. */
  public double vertex() {
    return centre - slope / curvature;
  }

  /**
   * Variance of the derivative {@code slope + curvature u} for observations of the given variance
   * at unit weight.
   */
  double derivativeVariance(double x, double unitVariance) {
    double u = x - centre;
    double quadraticDerivative = 2 * u - basis.b();
    return unitVariance
        * (1 / basis.norm1() + quadraticDerivative * quadraticDerivative / basis.norm2());
  }

  /** First-order variance of the vertex. */
  public double vertexVariance(double unitVariance) {
    return derivativeVariance(vertex(), unitVariance) / (curvature * curvature);
  }

  /** Variance of the ordinate at x. */
  public double ordinateVariance(double x, double unitVariance) {
    double u = x - centre;
    double quadratic = u * u - basis.b() * u - basis.c();
    return unitVariance
        * (1 / basis.norm0() + u * u / basis.norm1() + quadratic * quadratic / basis.norm2());
  }

  /**
   * The vertices that the points do not contradict: those x at which the derivative is within t
   * standard errors of zero (Fieller's theorem). Empty when the points do not bound the vertex, as
   * when the curvature itself is within t standard errors of zero.
   */
  public Optional<Interval> vertexInterval(double t, double unitVariance) {
    double spread = t * t * unitVariance;
    // (slope + curvature u)^2 <= spread (1/norm1 + (2u - b)^2/norm2), a quadratic in u
    double quadratic = curvature * curvature - 4 * spread / basis.norm2();
    double halfLinear = slope * curvature + 2 * spread * basis.b() / basis.norm2();
    double constant =
        slope * slope - spread * (1 / basis.norm1() + basis.b() * basis.b() / basis.norm2());
    if (!(quadratic > 0)) {
      return Optional.empty();
    }
    double root = StrictMath.sqrt(Math.max(0, halfLinear * halfLinear - quadratic * constant));
    return Optional.of(
        new Interval(
            centre + (-halfLinear - root) / quadratic, centre + (-halfLinear + root) / quadratic));
  }
}
