package dev.isoflop.laws.surface;

import dev.isoflop.laws.options.SurfaceObjective;
import java.util.Arrays;

/**
 * An objective as a function of the centred coefficients (E, A', B', alpha, beta), with exact first
 * and second derivatives.
 */
public final class SurfaceProblem {

  static final int SIZE = 5;

  private final SurfacePoints points;
  private final ResidualLoss contribution;

  public SurfaceProblem(SurfacePoints points, SurfaceObjective objective) {
    this.points = points;
    this.contribution = new ResidualLoss(objective);
  }

  double value(double[] theta) {
    double[] u = points.u();
    double[] v = points.v();
    double[] loss = points.loss();
    double[] weights = points.weights();
    double sum = 0;
    for (int i = 0; i < loss.length; i++) {
      if (weights[i] > 0) {
        double model =
            theta[0]
                + theta[1] * StrictMath.exp(-theta[3] * u[i])
                + theta[2] * StrictMath.exp(-theta[4] * v[i]);
        sum += weights[i] * contribution.at(model, loss[i]);
      }
    }
    return sum;
  }

  /**
   * The value, the gradient, the exact Hessian, and the positive semi-definite Hessian of the
   * majorizing least-squares problem.
   */
  double derive(double[] theta, double[] gradient, double[][] hessian, double[][] majorizer) {
    Arrays.fill(gradient, 0);
    for (int j = 0; j < SIZE; j++) {
      Arrays.fill(hessian[j], 0);
      Arrays.fill(majorizer[j], 0);
    }
    double[] d = new double[SIZE];
    d[0] = 1;
    double sum = 0;
    for (int i = 0; i < points.size(); i++) {
      double weight = points.weights()[i];
      if (weight > 0) {
        double u = points.u()[i];
        double v = points.v()[i];
        d[1] = StrictMath.exp(-theta[3] * u);
        d[2] = StrictMath.exp(-theta[4] * v);
        d[3] = -u * theta[1] * d[1];
        d[4] = -v * theta[2] * d[2];
        contribution.derive(theta[0] + theta[1] * d[1] + theta[2] * d[2], points.loss()[i]);
        sum += weight * contribution.value;
        double first = weight * contribution.first;
        double second = weight * contribution.second;
        double upper = weight * contribution.majorizer;
        for (int j = 0; j < SIZE; j++) {
          gradient[j] += first * d[j];
          for (int k = 0; k <= j; k++) {
            double product = d[j] * d[k];
            hessian[j][k] += second * product;
            majorizer[j][k] += upper * product;
          }
        }
        hessian[3][1] -= first * u * d[1];
        hessian[4][2] -= first * v * d[2];
        hessian[3][3] -= first * u * d[3];
        hessian[4][4] -= first * v * d[4];
      }
    }
    for (int j = 0; j < SIZE; j++) {
      for (int k = 0; k < j; k++) {
        hessian[k][j] = hessian[j][k];
        majorizer[k][j] = majorizer[j][k];
      }
    }
    return sum;
  }
}
