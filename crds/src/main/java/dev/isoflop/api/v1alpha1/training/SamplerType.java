package dev.isoflop.api.v1alpha1.training;

/** Integrator of the probability-flow equation. */
public enum SamplerType {
  /** One evaluation a step. */
  Euler,
  /** Two evaluations a step, second order. */
  Heun,
  /** Two evaluations a step, second order. */
  Midpoint
}
