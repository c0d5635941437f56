package dev.isoflop.operator.report.input;

import java.util.OptionalDouble;

/**
 * Attempts and times that a trial took.
 *
 * @param attempts started
 * @param failures attempts that ended by their own fault
 * @param disruptions attempts ended from outside
 */
public record TrialHistory(
    int attempts,
    int failures,
    int disruptions,
    OptionalDouble trainingSeconds,
    OptionalDouble evaluationSeconds) {

  /** History of a trial that somebody else ran. */
  public static final TrialHistory UNKNOWN =
      new TrialHistory(0, 0, 0, OptionalDouble.empty(), OptionalDouble.empty());
}
