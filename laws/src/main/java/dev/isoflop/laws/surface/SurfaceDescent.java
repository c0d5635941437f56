package dev.isoflop.laws.surface;

import dev.isoflop.laws.stats.DampedSystem;

/**
 * Damped Newton descent of a surface objective within bounds, from one start to the nearest
 * minimum.
 *
 * <p>The step solves {@code (H + lambda M) s = -g} over the coefficients that are not held at a
 * bound, with the exact Hessian H and the diagonal of the majorizing least-squares problem M. Small
 * lambda is Newton's method, whose last steps are quadratic; large lambda is a short step down the
 * gradient in units in which the coefficients are comparable.
 */
public final class SurfaceDescent {

  static final double SMALLEST_EXPONENT = 1e-3;
  static final double LARGEST_EXPONENT = 5;

  private static final int LIMIT = 300;
  private static final double[] LOWER = {0, 0, 0, SMALLEST_EXPONENT, SMALLEST_EXPONENT};
  private static final double[] UPPER = {
    Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE, LARGEST_EXPONENT, LARGEST_EXPONENT
  };

  private final SurfaceProblem problem;
  private final boolean[] terms;
  private final double[] gradient = new double[SurfaceProblem.SIZE];
  private final double[][] hessian = new double[SurfaceProblem.SIZE][SurfaceProblem.SIZE];
  private final double[][] majorizer = new double[SurfaceProblem.SIZE][SurfaceProblem.SIZE];

  public SurfaceDescent(SurfaceProblem problem) {
    this(problem, new boolean[] {true, true, true, true, true});
  }

  /**
   * A descent that moves some of the coefficients only.
   *
   * @param terms which of (E, A', B', alpha, beta) may move
   */
  public SurfaceDescent(SurfaceProblem problem, boolean[] terms) {
    this.problem = problem;
    this.terms = terms.clone();
  }

  /** The end of a descent. */
  public static final class End {
    /** Centred coefficients. */
    private final double[] theta;

    private final double value;
    private final int steps;

    /** Whether the last steps had become too small to matter. */
    private final boolean converged;

    End(double[] theta, double value, int steps, boolean converged) {
      this.theta = theta;
      this.value = value;
      this.steps = steps;
      this.converged = converged;
    }

    public double[] theta() {
      return theta;
    }

    public double value() {
      return value;
    }

    int steps() {
      return steps;
    }

    boolean converged() {
      return converged;
    }
  }

  public End from(double[] start) {
    double[] theta = start.clone();
    double[] trial = new double[SurfaceProblem.SIZE];
    double lambda = 1e-2;
    double value = problem.derive(theta, gradient, hessian, majorizer);
    for (int step = 0; step < LIMIT; step++) {
      boolean[] free = free(theta);
      double[] move = null;
      while (move == null && lambda < 1e12) {
        move = DampedSystem.solve(hessian, majorizer, gradient, free, lambda);
        if (move == null) {
          lambda = Math.max(1e-6, lambda * 8);
        }
      }
      if (move == null) {
        return new End(theta, value, step, true);
      }
      double change = 0;
      for (int j = 0; j < trial.length; j++) {
        trial[j] = Math.min(UPPER[j], Math.max(LOWER[j], theta[j] + move[j]));
        change = Math.max(change, Math.abs(trial[j] - theta[j]) / (Math.abs(theta[j]) + 1e-6));
      }
      if (change < 1e-14) {
        return new End(theta, value, step, true);
      }
      double reached = problem.value(trial);
      if (reached < value) {
        System.arraycopy(trial, 0, theta, 0, trial.length);
        value = problem.derive(theta, gradient, hessian, majorizer);
        lambda = Math.max(1e-12, lambda * 0.15);
        if (change < 1e-12) {
          return new End(theta, value, step, true);
        }
      } else {
        lambda *= 6;
        if (lambda > 1e12) {
          return new End(theta, value, step, true);
        }
      }
    }
    return new End(theta, value, LIMIT, false);
  }

  private boolean[] free(double[] theta) {
    boolean[] free = new boolean[theta.length];
    for (int j = 0; j < free.length; j++) {
      boolean held =
          (theta[j] <= LOWER[j] && gradient[j] >= 0) || (theta[j] >= UPPER[j] && gradient[j] <= 0);
      free[j] = terms[j] && !held;
    }
    // the exponent of a term that is absent changes nothing
    free[3] &= theta[1] > 0;
    free[4] &= theta[2] > 0;
    return free;
  }
}
