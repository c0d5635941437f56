package dev.isoflop.operator.sweep.state;

import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.status.TrialBlock;
import dev.isoflop.api.v1alpha1.status.TrialProgress;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.sweep.observe.AttemptEnd;
import dev.isoflop.operator.sweep.observe.AttemptObservation;
import dev.isoflop.operator.sweep.observe.TrialObservation;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialOutcome;
import dev.isoflop.trial.TrialResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A planned trial with what is known of it.
 *
 * @param exists whether it was created
 * @param status settled, see {@link TrialLedger}
 * @param live its attempt that runs, if one does
 * @param begun when its newest attempt began, if it ended and had got as far as to run
 * @param worked when its newest attempt began, if that was seen to train or brought the training to
 *     its end
 */
public record TrialState(
    PlannedTrial planned,
    boolean exists,
    TrialStatus status,
    Optional<AttemptObservation.Running> live,
    Optional<Instant> begun,
    Optional<Instant> worked) {

  /** A planned trial of which nothing exists. */
  public static TrialState absent(PlannedTrial planned) {
    return new TrialState(
        planned, false, TrialLedger.BLANK, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * A trial that exists.
   *
   * @param settled its status in step with what was found
   */
  public static TrialState of(PlannedTrial planned, TrialObservation found, TrialStatus settled) {
    Optional<AttemptObservation.Running> live =
        found.attempt() instanceof AttemptObservation.Running running
            ? Optional.of(running)
            : Optional.empty();
    return new TrialState(planned, true, settled, live, begun(found), worked(found, settled));
  }

  /** A worker that ended by itself, or was ended for what it did, had begun. */
  private static Optional<Instant> begun(TrialObservation found) {
    return found.attempt() instanceof AttemptObservation.Ended ended && ranAtAll(ended.end())
        ? Optional.of(ended.since())
        : Optional.empty();
  }

  private static boolean ranAtAll(AttemptEnd end) {
    return end instanceof AttemptEnd.Exited
        || end instanceof AttemptEnd.OutOfMemory
        || (end instanceof AttemptEnd.Blocked blocked && !blocked.reason().beforeStart());
  }

  /**
   * Training shows in steps that were not there before, or in the outcome of training: one that
   * diverged has trained.
   */
  private static Optional<Instant> worked(TrialObservation found, TrialStatus settled) {
    if (found.attempt() instanceof AttemptObservation.Running running) {
      long known = found.status().map(TrialStatus::progress).map(TrialProgress::step).orElse(0L);
      return running
          .progress()
          .filter(progress -> progress.step() > known)
          .map(progress -> running.since());
    }
    TrialOutcome outcome = settled.outcome();
    return found.attempt() instanceof AttemptObservation.Ended ended
            && outcome != null
            && (outcome.type() == OutcomeType.Succeeded
                || outcome.reason() == OutcomeReason.Diverged)
        ? Optional.of(ended.since())
        : Optional.empty();
  }

  public TrialState with(TrialStatus changed) {
    return new TrialState(planned, exists, changed, live, begun, worked);
  }

  public String name() {
    return planned.name();
  }

  public boolean ended() {
    return TrialLedger.finished(status);
  }

  public boolean ended(OutcomeType type) {
    TrialOutcome outcome = status.outcome();
    return outcome != null && outcome.type() == type;
  }

  /** Whether an attempt was recorded of which nothing is seen yet. */
  public boolean intended() {
    return live.isEmpty() && !ended() && TrialLedger.open(status);
  }

  /** Whether an attempt runs or was recorded. */
  public boolean running() {
    return live.isPresent() || intended();
  }

  /** The reason for which its attempt does not work, or is not seen to, if there is one. */
  public Optional<String> waits() {
    return live.filter(attempt -> !ended()).flatMap(AttemptObservation.Running::hindrance);
  }

  /** The fault that keeps its attempt from beginning, if one does. */
  public Optional<AttemptObservation.Blocker> blocker() {
    return live.filter(attempt -> !ended()).flatMap(AttemptObservation.Running::blocker);
  }

  /** Whether it waits to be made anew, after what it is made from was changed. */
  public boolean replaced() {
    return ConditionType.Running.in(status.conditions())
        .filter(running -> TrialReason.Replaced.name().equals(running.getReason()))
        .isPresent();
  }

  /** The fault that holds the trial, as its status tells. */
  public Optional<TrialBlock> block() {
    return Optional.ofNullable(status.block());
  }

  /** Whether an attempt that began after a time got as far as to run. */
  boolean beganAfter(Instant time, Instant now) {
    return live.filter(attempt -> attempt.waiting().isEmpty())
            .filter(attempt -> attempt.since().isAfter(time) && attempt.since().isBefore(now))
            .isPresent()
        || begun.filter(since -> since.isAfter(time)).isPresent()
        || workedAfter(time, now);
  }

  /** Whether an attempt that began after a time got as far as to train, or to the trial's end. */
  boolean workedAfter(Instant time, Instant now) {
    return worked.filter(since -> since.isAfter(time)).isPresent()
        || live.filter(attempt -> attempt.waiting().isEmpty())
            .map(AttemptObservation.Running::since)
            .filter(since -> since.isAfter(time))
            .filter(since -> !since.plus(Hold.SURELY_WORKING).isAfter(now))
            .isPresent();
  }

  /** Whether it waits for another attempt, be it for its time or for a slot. */
  public boolean waiting() {
    return !ended() && !running();
  }

  public Optional<Instant> retryTime() {
    return Optional.ofNullable(status.nextRetryTime()).map(Instant::parse);
  }

  /** Running time over all attempts, the one that runs included. */
  public Duration ranUntil(Instant now) {
    Duration closed = Duration.ofMillis(Math.round(status.runningSeconds() * 1e3));
    Duration current =
        live.map(attempt -> Duration.between(attempt.since(), now).minus(counted()))
            .filter(elapsed -> !elapsed.isNegative())
            .orElse(Duration.ZERO);
    return closed.plus(current);
  }

  /** Running time that counts against the deadline. */
  public Duration countedUntil(Instant now) {
    double before = status.runningSeconds() - TrialLedger.countedSeconds(status);
    return ranUntil(now).minus(Duration.ofMillis(Math.round(before * 1e3)));
  }

  private Duration counted() {
    Double seconds = status.attemptSeconds();
    return seconds == null ? Duration.ZERO : Duration.ofMillis(Math.round(seconds * 1e3));
  }

  /** Share of the training done, as far as is known. */
  public double ratio() {
    if (ended(OutcomeType.Succeeded)) {
      return 1;
    }
    TrialProgress progress = status.progress();
    return progress == null ? 0 : Math.max(0, Math.min(1, progress.ratio()));
  }

  /** Training FLOPs spent on it, as far as is known. */
  public double spentFlops() {
    TrialResult result = status.result();
    return result != null && result.flops() > 0
        ? result.flops()
        : ratio() * planned.experiment().flops();
  }

  /** {@code name (Reason)}, for messages. */
  public String described() {
    TrialOutcome outcome = status.outcome();
    OutcomeReason reason = outcome == null ? null : outcome.reason();
    return reason == null ? name() : name() + " (" + reason + ")";
  }
}
