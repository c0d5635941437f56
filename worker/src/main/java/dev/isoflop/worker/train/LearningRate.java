package dev.isoflop.worker.train;

import dev.isoflop.api.v1alpha1.training.ScheduleSpec;

/**
 * The learning rate of every step. The warm-up rises linearly and reaches the peak at its last
 * step.
 *
 * @param peak after the warm-up
 * @param warmupSteps steps of the warm-up
 * @param steps all steps
 */
public record LearningRate(ScheduleSpec schedule, double peak, long warmupSteps, long steps) {
  /** A schedule whose warm-up takes a share of the steps, rounded to whole steps. */
  public static LearningRate of(ScheduleSpec schedule, double peak, long steps) {
    return new LearningRate(schedule, peak, Math.round(schedule.warmupFraction() * steps), steps);
  }

  /**
   * The rate of a step, counted from 1. {@code Cosine} and {@code WarmupStableDecay} (Hu et al.
   * 2024, MiniCPM) would reach their final rate one step after the last.
   */
  public double at(long step) {
    if (step <= warmupSteps) {
      return peak * step / warmupSteps;
    }
    return switch (schedule.type()) {
      case Constant -> peak;
      case Cosine -> {
        double done = (double) (step - 1 - warmupSteps) / (steps - warmupSteps);
        yield peak * towardsFinal(0.5 * (1 + StrictMath.cos(StrictMath.PI * done)));
      }
      case WarmupStableDecay -> {
        double decaySteps =
            Math.max(1, Math.min(schedule.decayFraction() * steps, (double) steps - warmupSteps));
        yield peak * towardsFinal(Math.min(1, (steps - step + 1) / decaySteps));
      }
    };
  }

  /** From 1 down to the final share, as {@code left} goes from 1 to 0. */
  private double towardsFinal(double left) {
    return schedule.finalFraction() + (1 - schedule.finalFraction()) * left;
  }
}
