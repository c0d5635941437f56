package dev.isoflop.laws.surface;

import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.options.SurfaceObjective;
import java.util.Arrays;
import java.util.List;

/**
 * Points in the coordinates of the surface fit: logarithms of N and D about their means, so that
 * the coefficients of both power terms are of the loss's own size and nearly uncorrelated with the
 * exponents.
 */
public final class SurfacePoints {
  /** Share of the variance that points beside a line must have to tell N from D. */
  private static final double BESIDE = 1e-3;

  /** Log N minus {@code meanLogN}. */
  private final double[] u;

  /** Log D minus {@code meanLogD}. */
  private final double[] v;

  private final double[] loss;

  /** Relative weights of the contributions; 0 leaves a point out. */
  private final double[] weights;

  private final double meanLogN;
  private final double meanLogD;

  public SurfacePoints(
      double[] u, double[] v, double[] loss, double[] weights, double meanLogN, double meanLogD) {
    this.u = u;
    this.v = v;
    this.loss = loss;
    this.weights = weights;
    this.meanLogN = meanLogN;
    this.meanLogD = meanLogD;
  }

  public double[] u() {
    return u;
  }

  double[] v() {
    return v;
  }

  public double[] loss() {
    return loss;
  }

  public double[] weights() {
    return weights;
  }

  double meanLogN() {
    return meanLogN;
  }

  double meanLogD() {
    return meanLogD;
  }

  /**
   * The points; weighted by their inverse variances under least squares, when all know their error.
   */
  public static SurfacePoints of(List<TrainedPoint> points, SurfaceObjective objective) {
    double[] logN = points.stream().mapToDouble(p -> StrictMath.log(p.parameters())).toArray();
    double[] logD = points.stream().mapToDouble(p -> StrictMath.log(p.tokens())).toArray();
    double meanLogN = Arrays.stream(logN).average().orElseThrow();
    double meanLogD = Arrays.stream(logD).average().orElseThrow();
    boolean precise =
        objective instanceof SurfaceObjective.LeastSquares
            && points.stream().allMatch(point -> point.loss().standardError().isPresent());
    return new SurfacePoints(
        Arrays.stream(logN).map(log -> log - meanLogN).toArray(),
        Arrays.stream(logD).map(log -> log - meanLogD).toArray(),
        points.stream().mapToDouble(point -> point.loss().value()).toArray(),
        precise ? precisions(points) : points.stream().mapToDouble(point -> 1).toArray(),
        meanLogN,
        meanLogD);
  }

  private static double[] precisions(List<TrainedPoint> points) {
    double[] weights =
        points.stream()
            .mapToDouble(point -> point.loss().standardError().orElseThrow())
            .map(error -> 1 / (error * error))
            .toArray();
    double mean = Arrays.stream(weights).average().orElseThrow();
    return Arrays.stream(weights).map(weight -> weight / mean).toArray();
  }

  /** The same points, each counted the given number of times. */
  SurfacePoints counted(double[] counts) {
    double[] product = new double[weights.length];
    for (int i = 0; i < product.length; i++) {
      product[i] = weights[i] * counts[i];
    }
    return new SurfacePoints(u, v, loss, product, meanLogN, meanLogD);
  }

  /**
   * Whether log N and log D lie on one line, within 3 % of its length. Then a term in N can stand
   * for one in D, and any surface through the line's losses fits.
   */
  boolean collinear() {
    double uu = 0;
    double uv = 0;
    double vv = 0;
    for (int i = 0; i < u.length; i++) {
      uu += u[i] * u[i];
      uv += u[i] * v[i];
      vv += v[i] * v[i];
    }
    return !(uu * vv - uv * uv > BESIDE * uu * vv);
  }

  public int size() {
    return loss.length;
  }

  /** The surface that centred coefficients (E, A', B', alpha, beta) stand for. */
  Surface surface(double[] theta) {
    return new Surface(
        theta[0],
        theta[1] * StrictMath.exp(theta[3] * meanLogN),
        theta[2] * StrictMath.exp(theta[4] * meanLogD),
        theta[3],
        theta[4]);
  }

  /** The centred coefficients of a surface. */
  double[] theta(Surface surface) {
    return new double[] {
      surface.irreducible(),
      surface.parametersCoefficient() * StrictMath.exp(-surface.alpha() * meanLogN),
      surface.tokensCoefficient() * StrictMath.exp(-surface.beta() * meanLogD),
      surface.alpha(),
      surface.beta()
    };
  }
}
