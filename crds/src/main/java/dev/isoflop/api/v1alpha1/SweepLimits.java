package dev.isoflop.api.v1alpha1;

import dev.isoflop.api.v1alpha1.bounds.Bounds;

/**
 * Limits on the size of a sweep. The schema states the first of these rules, the planner keeps
 * both.
 *
 * <p>Trials: each budget has {@code grid.trialsPerBudget} sizes and may get {@code
 * scheduling.extraSizes} more, and each point is trained {@code grid.repeats} times.
 */
public final class SweepLimits {
  /**
   * CEL rule of the schema on the number of trials; a suspended sweep of any size keeps it, since
   * nothing of it starts.
   */
  static final String TRIALS_RULE =
      "self.suspend || size(self.budgets)"
          + " * (self.grid.trialsPerBudget + self.scheduling.extraSizes)"
          + " * self.grid.repeats <= "
          + Bounds.TRIALS;

  static final String TRIALS_MESSAGE =
      "budgets x (grid.trialsPerBudget + scheduling.extraSizes) x grid.repeats must be at most "
          + Bounds.TRIALS
          + " trials: lower one of them, or spread the budgets over several sweeps";

  /** Fitting an optimum again takes as long as looking at so many trials again. */
  private static final long OPTIMUM = 30;

  /** N*, D* twice and the loss. */
  private static final long QUANTITIES = 4;

  private SweepLimits() {}

  /** Trials that a sweep may come to hold, without the one that checks its laws. */
  public static long trials(ScalingSweepSpec spec) {
    return (long) spec.budgets().size()
        * (spec.grid().trialsPerBudget() + spec.scheduling().extraSizes())
        * spec.grid().repeats();
  }

  /** Bootstrap resamples that the fit of a sweep may take. */
  public static long resamples(ScalingSweepSpec spec) {
    return resamples(
        spec.budgets().size(),
        trials(spec),
        (long) spec.evaluation().metrics().size() * spec.data().evaluation().size());
  }

  /**
   * Bootstrap resamples that a fit may take. For each, the surface is fitted to all trials again,
   * and at each budget an optimum to each quantity and each measurement.
   *
   * @param measurements of a trial
   */
  public static long resamples(int budgets, long trials, long measurements) {
    long cost = trials + OPTIMUM * budgets * (QUANTITIES + measurements);
    return Math.min(Bounds.RESAMPLES, Bounds.BOOTSTRAP / cost);
  }
}
