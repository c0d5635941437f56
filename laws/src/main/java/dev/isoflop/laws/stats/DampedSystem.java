package dev.isoflop.laws.stats;

import org.jspecify.annotations.Nullable;

/** The linear system of a damped Newton step, over some of the coefficients. */
public final class DampedSystem {

  private DampedSystem() {}

  /**
   * Solves {@code (H + lambda diag(M)) s = -g} over the free coefficients by Cholesky's method; the
   * others keep 0.
   *
   * @return null when the damped matrix is not positive definite, so that more damping is needed
   */
  public static double @Nullable [] solve(
      double[][] hessian, double[][] scale, double[] gradient, boolean[] free, double lambda) {
    int n = gradient.length;
    double[][] factor = new double[n][n];
    double[] solution = new double[n];
    for (int j = 0; j < n; j++) {
      if (!free[j]) {
        continue;
      }
      double pivot = hessian[j][j] + lambda * scale[j][j];
      double size = Math.abs(pivot);
      for (int k = 0; k < j; k++) {
        pivot -= factor[j][k] * factor[j][k];
      }
      if (!(pivot > 1e-14 * size)) {
        return null;
      }
      factor[j][j] = Math.sqrt(pivot);
      for (int i = j + 1; i < n; i++) {
        if (free[i]) {
          double sum = hessian[i][j];
          for (int k = 0; k < j; k++) {
            sum -= factor[i][k] * factor[j][k];
          }
          factor[i][j] = sum / factor[j][j];
        }
      }
      double forward = -gradient[j];
      for (int k = 0; k < j; k++) {
        forward -= factor[j][k] * solution[k];
      }
      solution[j] = forward / factor[j][j];
    }
    for (int j = n - 1; j >= 0; j--) {
      if (free[j]) {
        double backward = solution[j];
        for (int k = j + 1; k < n; k++) {
          backward -= factor[k][j] * solution[k];
        }
        solution[j] = backward / factor[j][j];
      }
    }
    return solution;
  }
}
