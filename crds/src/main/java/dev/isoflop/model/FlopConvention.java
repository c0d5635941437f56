package dev.isoflop.model;

/** Convention for counting training FLOPs; budgets of different conventions cannot be compared. */
public enum FlopConvention {
  /**
   * The matrix multiplications that training really runs, forward and backward, counted for the
   * given shape; a multiply-add is two FLOPs.
   */
  Analytic,
  /** C = 6 N D, as in "Scaling Laws For Diffusion Transformers" (arXiv 2410.08184). */
  SixND
}
