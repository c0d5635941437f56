package dev.isoflop.laws.options;

/** Weighting of the budgets' optima in a law. */
public enum LawWeighting {
  /** All the same. */
  EQUAL,
  /**
   * By the inverse of the variance that its curve gives it: sharp curves with many trials count
   * more. N* and D* by the variance of the vertex, losses by that of the ordinate there; other
   * metrics count equally.
   */
  PRECISION
}
