package dev.isoflop.operator.cli.points;

/** What a column of a table of trained models may hold. Each is also the column's usual name. */
public enum Quantity {
  /** C in training FLOPs; without it, 6 N D. */
  budget,
  /** N, a count. */
  parameters,
  /** D, a count. */
  tokens,
  /** What the curves are drawn in. */
  loss,
  /** Images, a count; optional. */
  samples,
  /** A name for messages; optional. */
  trial,
  /** {@code Succeeded}, or why the row must not enter the fit; optional. */
  outcome;

  /** Whether a table without this column cannot be fitted. */
  boolean required() {
    return this == parameters || this == tokens || this == loss;
  }
}
