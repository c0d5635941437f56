package dev.isoflop.operator.local.run;

import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.operator.local.store.AttemptRecord;
import dev.isoflop.operator.local.store.TrialFolder;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.sweep.observe.AttemptEnd;
import dev.isoflop.operator.sweep.observe.AttemptObservation;
import dev.isoflop.operator.sweep.observe.TrialObservation;
import dev.isoflop.trial.TrialResult;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** State of one trial in a run. Belongs to the run's thread. */
final class LocalTrial {
  private final TrialFolder folder;
  private Optional<TrialStatus> status = Optional.empty();
  private Optional<TrialResult> result = Optional.empty();
  private @Nullable LocalAttempt attempt;
  private AttemptObservation last = AttemptObservation.absent();
  private @Nullable Instant written;

  LocalTrial(TrialFolder folder) {
    this.folder = folder;
  }

  TrialFolder folder() {
    return folder;
  }

  Optional<TrialStatus> status() {
    return status;
  }

  void status(TrialStatus recorded) {
    status = Optional.of(recorded);
  }

  Optional<TrialResult> result() {
    return result;
  }

  void result(Optional<TrialResult> found) {
    result = found;
  }

  /** The attempt whose worker runs; empty if none does. */
  Optional<LocalAttempt> attempt() {
    return Optional.ofNullable(attempt);
  }

  void began(LocalAttempt started) {
    attempt = started;
  }

  /** The worker of the running attempt is gone. */
  void ended(LocalAttempt which, Instant at, AttemptEnd end) {
    last = new AttemptObservation.Ended(which.number(), which.worker().startedAt(), at, end);
    attempt = null;
  }

  /** A worker of an earlier run is gone, and nobody saw its end. */
  void vanished(AttemptRecord record, Instant lastSeen) {
    last =
        new AttemptObservation.Ended(
            record.number(),
            record.start(),
            lastSeen,
            new AttemptEnd.Disrupted("its worker was gone when the run was taken up again"));
  }

  TrialObservation observed(Instant now) {
    return new TrialObservation(
        folder.name(), status, attempt == null ? last : attempt.observed(now), result);
  }

  /** When the status last went to the disk; empty before that. */
  Optional<Instant> written() {
    return Optional.ofNullable(written);
  }

  void written(Instant at) {
    written = at;
  }

  TrialSnapshot snapshot(PlannedTrial planned) {
    Optional<LocalAttempt> running = attempt();
    return new TrialSnapshot(
        planned,
        folder,
        state(),
        status,
        running.flatMap(it -> it.live().latest()),
        running.map(it -> it.live().stepsPerSecond()).orElseGet(OptionalDouble::empty),
        running.flatMap(it -> it.live().remaining(planned.experiment().steps())),
        status.flatMap(it -> Optional.ofNullable(it.result())));
  }

  private DisplayState state() {
    if (attempt != null) {
      return attempt.stopping() ? DisplayState.Stopping : DisplayState.Running;
    }
    return status
        .flatMap(it -> Optional.ofNullable(it.outcome()))
        .map(outcome -> DisplayState.of(outcome.type()))
        .orElse(DisplayState.Waiting);
  }
}
