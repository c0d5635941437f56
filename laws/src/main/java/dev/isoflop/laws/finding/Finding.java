package dev.isoflop.laws.finding;

/**
 * Something a reader of the laws has to know: a fit that was refused, or one that stands with a
 * reservation. Nothing is dropped from a fit without one.
 */
public sealed interface Finding permits FitError, FitWarning, ComparisonWarning {

  /** One CamelCase word, stable across versions, such as {@code NotConvex}. */
  default String reason() {
    return getClass().getSimpleName();
  }

  /** The finding, its place, and what would change it. */
  String message();
}
