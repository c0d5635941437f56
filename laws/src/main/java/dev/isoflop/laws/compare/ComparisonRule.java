package dev.isoflop.laws.compare;

/**
 * Rule by which two sweeps' laws are read as a benchmark ("Scaling Laws For Diffusion
 * Transformers", arXiv:2410.08184, section 4). The rules rank how things scale, not how good they
 * are at any budget; what the two sweeps have in common the reader knows and the laws do not.
 */
public enum ComparisonRule {
  /** On the same data, the better model has the smaller N* exponent and the larger D* exponent. */
  MODEL,
  /** With the same model, the better data have the smaller D* and the larger N* exponent. */
  DATA,
  /**
   * Whatever changed, the better pipeline's loss, or other metric that falls with compute, has the
   * more negative exponent. Both sweeps must have measured the same thing on the same set.
   */
  PIPELINE,
  /** Not the paper's: the lower loss at equal compute, over all budgets that both sweeps cover. */
  EQUAL_COMPUTE
}
