package dev.isoflop.api.v1alpha1.training;

/** Which weights are measured. */
public enum Weights {
  /** Their exponential moving average. */
  EMA,
  /** The last step's. */
  Raw
}
