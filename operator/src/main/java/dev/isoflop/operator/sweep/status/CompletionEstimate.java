package dev.isoflop.operator.sweep.status;

import dev.isoflop.operator.sweep.state.LaunchGate;
import dev.isoflop.operator.sweep.state.SweepProgress;
import dev.isoflop.operator.sweep.state.TrialState;
import dev.isoflop.trial.OutcomeType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * When the last trial will have ended, at the speed of the trials so far: what remains is dealt out
 * to the slots in the plan's order, each trial taking its work divided by the mean speed.
 */
final class CompletionEstimate {
  /**
   * Digits of the answer: a sixteenth of the remaining time, so that it is not rewritten always.
   */
  private static final int COARSENESS = 16;

  private CompletionEstimate() {}

  /** Empty while nothing may start, before there is any speed, and once all have ended. */
  static Optional<Instant> of(SweepProgress progress) {
    double speed = workPerSecond(progress);
    if (progress.gate() != LaunchGate.Open || progress.allEnded() || !(speed > 0)) {
      return Optional.empty();
    }
    int parallel =
        Math.min(
            progress.observed().slots(), progress.observed().spec().scheduling().maxParallel());
    PriorityQueue<Double> slots = new PriorityQueue<>();
    double last = 0;
    for (TrialState trial : progress.trials()) {
      if (trial.running() && !trial.ended()) {
        slots.add(remaining(trial) / speed);
      }
    }
    for (TrialState trial : progress.trials()) {
      if (trial.waiting()) {
        double free = slots.size() < parallel || slots.isEmpty() ? 0 : slots.remove();
        slots.add(free + remaining(trial) / speed);
      }
    }
    for (double end : slots) {
      last = Math.max(last, end);
    }
    return Double.isFinite(last) && last < Duration.ofDays(36500).toSeconds()
        ? Optional.of(coarse(progress.observed().now(), last))
        : Optional.empty();
  }

  private static double workPerSecond(SweepProgress progress) {
    double work = 0;
    double seconds = 0;
    for (TrialState trial : progress.trials()) {
      if (trial.ratio() > 0) {
        work += done(trial);
        seconds += trial.ranUntil(progress.observed().now()).toMillis() / 1e3;
      }
    }
    return seconds > 0 ? work / seconds : 0;
  }

  private static double remaining(TrialState trial) {
    return trial.ended() ? 0 : trial.planned().work() - done(trial);
  }

  /** A trial that has trained to its end is still to be evaluated. */
  private static double done(TrialState trial) {
    return trial.ended(OutcomeType.Succeeded)
        ? trial.planned().work()
        : trial.ratio() * trial.planned().trainingWork();
  }

  private static Instant coarse(Instant now, double seconds) {
    long unit = Long.highestOneBit(Math.max(1, (long) seconds / COARSENESS));
    long end = now.getEpochSecond() + (long) Math.ceil(seconds);
    return Instant.ofEpochSecond((end + unit - 1) / unit * unit);
  }
}
