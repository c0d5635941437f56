package dev.isoflop.operator.plan;

import dev.isoflop.api.v1alpha1.Bounds;
import dev.isoflop.api.v1alpha1.GridSpec;
import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.api.v1alpha1.SweepLimits;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks what fields make together: how many trials a sweep may come to hold, and how long the fit
 * of its laws takes.
 */
final class LimitCheck {
  private LimitCheck() {}

  /** What a spec asks too much of, whose fields lie within their bounds one by one. */
  static List<Refusal> of(ScalingSweepSpec spec) {
    List<Refusal> refusals = new ArrayList<>();
    GridSpec grid = spec.grid();
    if (SweepLimits.trials(spec) > Bounds.TRIALS) {
      refusals.add(
          new Refusal.TooManyTrials(
              spec.budgets().size(),
              grid.trialsPerBudget(),
              spec.scheduling().extraSizes(),
              grid.repeats(),
              Bounds.TRIALS));
    } else if (spec.laws().bootstrap() > SweepLimits.resamples(spec)) {
      refusals.add(
          new Refusal.TooManyResamples(spec.laws().bootstrap(), SweepLimits.resamples(spec)));
    }
    return refusals;
  }
}
