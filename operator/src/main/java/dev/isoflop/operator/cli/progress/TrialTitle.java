package dev.isoflop.operator.cli.progress;

import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.plan.ShapeText;

/** Title of a trial for people: its place in the grid. */
final class TrialTitle {
  private TrialTitle() {}

  /** {@code 1e17, 4 layers x 256 (3.15M)}. */
  static String of(PlannedTrial trial) {
    return NumberFormat.flops(trial.budget()) + ", " + model(trial);
  }

  /** {@code 4 layers x 256 (3.15M)}. */
  static String model(PlannedTrial trial) {
    int repeat = trial.experiment().repeat();
    return ShapeText.shape(trial.shape()) + (repeat == 0 ? "" : ", repeat " + repeat);
  }
}
