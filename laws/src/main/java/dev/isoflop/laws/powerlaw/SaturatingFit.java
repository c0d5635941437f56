package dev.isoflop.laws.powerlaw;

import dev.isoflop.laws.options.SurfaceObjective;
import dev.isoflop.laws.stats.DampedSystem;
import dev.isoflop.laws.stats.LogRatio;
import dev.isoflop.laws.stats.NonNegativeFit;
import dev.isoflop.laws.surface.SurfaceDescent;
import dev.isoflop.laws.surface.SurfacePoints;
import dev.isoflop.laws.surface.SurfaceProblem;
import java.util.Arrays;
import java.util.Optional;

/**
 * Fits {@code offset + k C^a} with negative a by least squares on logarithms.
 *
 * <p>It is the surface fit with one of its two power terms left out, so the same variable
 * projection finds the start and the same descent the minimum.
 */
final class SaturatingFit {

  private static final boolean[] TERMS = {true, true, false, true, false};
  private static final double[] EXPONENTS = {
    .005, .01, .02, .04, .07, .1, .15, .2, .3, .45, .65, 1, 1.5
  };
  private static final int COEFFICIENTS = 3;

  private SaturatingFit() {}

  /**
   * The fit, or empty when no positive offset improves on the pure power law.
   *
   * @param x log budgets
   * @param values positive
   */
  static Optional<LawEstimate> fit(double[] x, double[] values, double[] weights) {
    double centre = Arrays.stream(x).average().orElseThrow();
    double[] u = Arrays.stream(x).map(each -> each - centre).toArray();
    SurfacePoints points = new SurfacePoints(u, new double[x.length], values, weights, centre, 0);
    SurfaceProblem problem =
        new SurfaceProblem(points, new SurfaceObjective.HuberOnLog(Double.POSITIVE_INFINITY));
    SurfaceDescent descent = new SurfaceDescent(problem, TERMS);
    SurfaceDescent.End best = null;
    for (double exponent : EXPONENTS) {
      double[] start = start(points, exponent);
      if (start[1] > 0) {
        SurfaceDescent.End end = descent.from(start);
        if (best == null || end.value() < best.value()) {
          best = end;
        }
      }
    }
    return best == null || !(best.theta()[0] > 0) || !(best.theta()[1] > 0)
        ? Optional.empty()
        : estimate(points, best, centre);
  }

  private static double[] start(SurfacePoints points, double exponent) {
    double[][] gram = new double[3][3];
    double[] moments = new double[3];
    for (int i = 0; i < points.size(); i++) {
      double y = points.loss()[i];
      double w = points.weights()[i] / (y * y);
      double power = StrictMath.exp(-exponent * points.u()[i]);
      gram[0][0] += w;
      gram[1][0] += w * power;
      gram[1][1] += w * power * power;
      moments[0] += w * y;
      moments[1] += w * power * y;
    }
    double[] linear = NonNegativeFit.solve(gram, moments);
    return new double[] {linear[0], linear[1], 0, exponent, 1};
  }

  private static Optional<LawEstimate> estimate(
      SurfacePoints points, SurfaceDescent.End end, double centre) {
    double[] theta = end.theta();
    int n = points.size();
    double[][] information = new double[COEFFICIENTS][COEFFICIENTS];
    double residual = 0;
    double meanLog = 0;
    double sumWeights = 0;
    for (int i = 0; i < n; i++) {
      meanLog += points.weights()[i] * StrictMath.log(points.loss()[i]);
      sumWeights += points.weights()[i];
    }
    meanLog /= sumWeights;
    double total = 0;
    for (int i = 0; i < n; i++) {
      double u = points.u()[i];
      double power = theta[1] * StrictMath.exp(-theta[3] * u);
      double model = theta[0] + power;
      double[] gradient = {1 / model, power / model, power * u / model};
      for (int j = 0; j < COEFFICIENTS; j++) {
        for (int k = 0; k < COEFFICIENTS; k++) {
          information[j][k] += points.weights()[i] * gradient[j] * gradient[k];
        }
      }
      double error = LogRatio.of(model, points.loss()[i]);
      double deviation = StrictMath.log(points.loss()[i]) - meanLog;
      residual += points.weights()[i] * error * error;
      total += points.weights()[i] * deviation * deviation;
    }
    int degrees = n - COEFFICIENTS;
    double variance = residual / degrees;
    double rSquared = total == 0 ? 1 : 1 - residual / total;
    return covariance(information, variance)
        .map(
            covariance ->
                new LawEstimate(
                    theta[0],
                    StrictMath.log(theta[1]),
                    -theta[3],
                    centre,
                    covariance,
                    variance,
                    degrees,
                    rSquared));
  }

  /** The scaled inverse; empty when the points do not determine three coefficients. */
  private static Optional<LawEstimate.Covariance> covariance(
      double[][] information, double variance) {
    double[][] covariance = new double[COEFFICIENTS][];
    boolean[] all = {true, true, true};
    for (int j = 0; j < COEFFICIENTS; j++) {
      double[] column = new double[COEFFICIENTS];
      column[j] = -variance;
      double[] solved = DampedSystem.solve(information, information, column, all, 0);
      if (solved == null) {
        return Optional.empty();
      }
      covariance[j] = solved;
    }
    return Optional.of(
        new LawEstimate.Covariance(
            covariance[0][0],
            covariance[0][1],
            covariance[0][2],
            covariance[1][1],
            covariance[1][2],
            covariance[2][2]));
  }
}
