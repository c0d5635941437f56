package dev.isoflop.worker.diffusion;

import dev.isoflop.api.v1alpha1.training.SamplerType;

/**
 * Explicit Runge-Kutta methods whose every stage starts from the one before it, so that nodes and
 * weights say all of them.
 */
public enum OdeSolver {
  /** First order, one evaluation a step. */
  EULER,
  /** Second order, two evaluations a step. */
  HEUN,
  /** Second order, two evaluations a step. */
  MIDPOINT;

  /** The method that a manifest names. */
  public static OdeSolver of(SamplerType type) {
    return switch (type) {
      case Euler -> EULER;
      case Heun -> HEUN;
      case Midpoint -> MIDPOINT;
    };
  }

  /** Nodes of the stages, as shares of the step. */
  public double[] nodes() {
    return switch (this) {
      case EULER -> new double[] {0};
      case HEUN -> new double[] {0, 1};
      case MIDPOINT -> new double[] {0, 0.5};
    };
  }

  /** Weights of the stages' slopes in the step. */
  public double[] weights() {
    return switch (this) {
      case EULER -> new double[] {1};
      case HEUN -> new double[] {0.5, 0.5};
      case MIDPOINT -> new double[] {0, 1};
    };
  }
}
