package dev.isoflop.operator.cli.progress;

import dev.isoflop.operator.cli.text.Figures;
import dev.isoflop.operator.plan.Notation;
import dev.isoflop.operator.plan.PlannedTrial;

/** How a trial is called for people: by its place in the grid. */
final class TrialTitle {
  private TrialTitle() {}

  /** {@code 1e17, 4 layers x 256 (3.15M)}. */
  static String of(PlannedTrial trial) {
    return Figures.flops(trial.budget()) + ", " + model(trial);
  }

  /** {@code 4 layers x 256 (3.15M)}. */
  static String model(PlannedTrial trial) {
    int repeat = trial.experiment().repeat();
    return Notation.shape(trial.shape()) + (repeat == 0 ? "" : ", repeat " + repeat);
  }
}
