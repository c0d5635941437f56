package dev.isoflop.operator.local.run;

import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.status.TrialProgress;
import dev.isoflop.operator.local.store.TrialFolder;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.trial.TrialResult;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * State of a trial at one moment.
 *
 * @param folder where its curve, log and checkpoints lie
 * @param status as last stored; empty before the trial was first touched
 * @param live progress as its running worker last told it; empty before the first step
 * @param stepsPerSecond over the last half minute; empty until two scrapes have shown progress
 * @param remaining training time at that speed
 * @param result once the trial has ended with one
 */
public record TrialSnapshot(
    PlannedTrial planned,
    TrialFolder folder,
    DisplayState state,
    Optional<TrialStatus> status,
    Optional<TrialProgress> live,
    OptionalDouble stepsPerSecond,
    Optional<Duration> remaining,
    Optional<TrialResult> result) {

  public String name() {
    return planned.name();
  }

  /** Share of the training done: 1 for a trial that succeeded, as last told for one that runs. */
  public double progress() {
    return state == DisplayState.Succeeded
        ? 1
        : live.or(() -> status.map(TrialStatus::progress)).map(TrialProgress::ratio).orElse(0.0);
  }

  /** Time until it ends at its present speed: the rest of its training, and its evaluation. */
  public Optional<Duration> left() {
    return stepsPerSecond.isPresent() && stepsPerSecond.getAsDouble() > 0
        ? remaining.map(training -> training.plus(evaluation(stepsPerSecond.getAsDouble())))
        : remaining;
  }

  private Duration evaluation(double steps) {
    double workPerSecond = steps * planned.trainingWork() / planned.experiment().steps();
    return Duration.ofMillis(Math.round(1e3 * planned.evaluationWork() / workPerSecond));
  }

  /** FLOPs a second, in the sweep's convention. */
  public OptionalDouble flopsPerSecond() {
    return stepsPerSecond.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            stepsPerSecond.getAsDouble()
                * planned.experiment().flops()
                / planned.experiment().steps());
  }
}
