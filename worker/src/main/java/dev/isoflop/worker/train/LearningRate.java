package dev.isoflop.worker.train;

import dev.isoflop.api.v1alpha1.ScheduleType;

/**
 * The learning rate of every step. The warm-up rises linearly and reaches the peak at its last
 * step.
 *
 * @param peak after the warm-up
 * @param warmupSteps steps of the warm-up
 * @param steps all steps
 */
public record LearningRate(ScheduleType type, double peak, long warmupSteps, long steps) {
  /** Share of the steps in which {@code WarmupStableDecay} falls (Hu et al. 2024, MiniCPM). */
  private static final double DECAY_FRACTION = 0.2;

  /** A schedule whose warm-up takes a share of the steps, rounded to whole steps. */
  public static LearningRate of(ScheduleType type, double peak, double warmupFraction, long steps) {
    return new LearningRate(type, peak, Math.round(warmupFraction * steps), steps);
  }

  /**
   * The rate of a step, counted from 1. {@code Cosine} and {@code WarmupStableDecay} would reach
   * zero one step after the last.
   */
  public double at(long step) {
    if (step <= warmupSteps) {
      return peak * step / warmupSteps;
    }
    return switch (type) {
      case Constant -> peak;
      case Cosine -> {
        double done = (double) (step - 1 - warmupSteps) / (steps - warmupSteps);
        yield peak * 0.5 * (1 + StrictMath.cos(StrictMath.PI * done));
      }
      case WarmupStableDecay -> {
        double decaySteps =
            Math.max(1, Math.min(DECAY_FRACTION * steps, (double) (steps - warmupSteps)));
        yield peak * Math.min(1, (steps - step + 1) / decaySteps);
      }
    };
  }
}
