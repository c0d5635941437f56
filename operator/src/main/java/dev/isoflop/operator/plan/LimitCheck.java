package dev.isoflop.operator.plan;

import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.api.v1alpha1.SweepLimits;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.api.v1alpha1.sweep.GridSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks what fields make together: how many trials a sweep may come to hold, and how long the fit
 * of its laws takes.
 */
final class LimitCheck {
  private LimitCheck() {}

  /** Refuses what a spec asks too much of although each of its fields lies within its bounds. */
  static List<PlanError> of(ScalingSweepSpec spec) {
    List<PlanError> refusals = new ArrayList<>();
    GridSpec grid = spec.grid();
    if (SweepLimits.trials(spec) > Bounds.TRIALS) {
      refusals.add(
          new PlanError.TooManyTrials(
              spec.budgets().size(),
              grid.trialsPerBudget(),
              spec.scheduling().extraSizes(),
              grid.repeats(),
              Bounds.TRIALS));
    } else if (spec.laws().bootstrap() > SweepLimits.resamples(spec)) {
      refusals.add(
          new PlanError.TooManyResamples(spec.laws().bootstrap(), SweepLimits.resamples(spec)));
    }
    return refusals;
  }
}
