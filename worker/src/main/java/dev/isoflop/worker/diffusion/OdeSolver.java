package dev.isoflop.worker.diffusion;

import dev.isoflop.api.v1alpha1.SamplerType;

/**
 * Explicit Runge-Kutta methods whose every stage starts from the one before it, so that nodes and
 * weights say all of them.
 */
public enum OdeSolver {
  /** First order, one evaluation a step. */
  EULER(new double[] {0}, new double[] {1}),
  /** Second order, two evaluations a step. */
  HEUN(new double[] {0, 1}, new double[] {0.5, 0.5}),
  /** Second order, two evaluations a step. */
  MIDPOINT(new double[] {0, 0.5}, new double[] {0, 1});

  private final double[] nodes;
  private final double[] weights;

  OdeSolver(double[] nodes, double[] weights) {
    this.nodes = nodes;
    this.weights = weights;
  }

  /** The method that a manifest names. */
  public static OdeSolver of(SamplerType type) {
    return switch (type) {
      case Euler -> EULER;
      case Heun -> HEUN;
      case Midpoint -> MIDPOINT;
    };
  }

  /** Where the stages stand, as shares of the step. */
  public double[] nodes() {
    return nodes.clone();
  }

  /** What the slopes of the stages count in the step. */
  public double[] weights() {
    return weights.clone();
  }
}
