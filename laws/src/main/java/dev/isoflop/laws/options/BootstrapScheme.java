package dev.isoflop.laws.options;

/**
 * Units that the bootstrap resamples; always within budgets, so that the design stays the planned
 * one.
 */
public enum BootstrapScheme {
  /**
   * The trials' deviations from their curve, on the sizes that were planned. A grid is a fixed
   * design, and with seven sizes per curve resampling whole trials leaves on average four and a
   * half of them, which makes intervals about twice as wide as they should be.
   */
  DEVIATIONS,
  /** Whole trials. Assumes nothing about their noise; much too wide for few sizes per budget. */
  TRIALS,
  /** Whole trials, then whole budgets among the resampled optima. */
  TRIALS_AND_BUDGETS
}
