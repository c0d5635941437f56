package dev.isoflop.operator.sweep.state;

import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.api.v1alpha1.status.InterruptionStatus;
import dev.isoflop.api.v1alpha1.status.RetryStatus;
import dev.isoflop.api.v1alpha1.status.TrialBlock;
import dev.isoflop.api.v1alpha1.status.TrialJob;
import dev.isoflop.api.v1alpha1.status.TrialProgress;
import dev.isoflop.operator.sweep.state.ConditionSet.Truth;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialOutcome;
import dev.isoflop.trial.TrialResult;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A trial's status while it is rewritten: what is not set stays as it was. */
final class TrialEntry {
  private final TrialStatus before;
  private final Instant now;
  int attempt;
  int failures;
  int disruptions;
  @Nullable String startTime;
  @Nullable String completionTime;
  @Nullable String nextRetryTime;
  double runningSeconds;
  @Nullable TrialProgress progress;
  @Nullable TrialOutcome outcome;
  @Nullable TrialResult result;
  @Nullable String message;
  @Nullable Double attemptSeconds;
  @Nullable InterruptionStatus interruption;
  @Nullable String limit;
  @Nullable RetryStatus retry;
  int blocked;
  @Nullable TrialBlock block;
  @Nullable TrialJob job;

  TrialEntry(TrialStatus before, Instant now) {
    this.before = before;
    this.now = now;
    attempt = before.attempt();
    failures = before.failures();
    disruptions = before.disruptions();
    startTime = before.startTime();
    completionTime = before.completionTime();
    nextRetryTime = before.nextRetryTime();
    runningSeconds = before.runningSeconds();
    progress = before.progress();
    outcome = before.outcome();
    result = before.result();
    message = before.message();
    attemptSeconds = before.attemptSeconds();
    interruption = before.interruption();
    limit = before.limit();
    retry = before.retry();
    blocked = before.blocked();
    block = before.block();
    job = before.job();
  }

  /** Another attempt met a fault that is not the trial's. */
  void block(OutcomeReason reason, String said, Instant first, Instant last) {
    blocked++;
    block =
        new TrialBlock(
            reason,
            Text.clip(said, Bounds.BLOCK_MESSAGE),
            block == null ? seconds(first) : block.since(),
            secondsUp(last));
  }

  double countedSeconds() {
    return retry == null ? runningSeconds : runningSeconds - retry.runningSeconds();
  }

  /** The open attempt ran for so long in all. */
  void ran(Duration duration) {
    double counted = attemptSeconds == null ? 0 : attemptSeconds;
    double further = Math.max(0, duration.toMillis() / 1e3 - counted);
    runningSeconds += further;
    attemptSeconds = counted + further;
  }

  void began(Instant since) {
    if (startTime == null) {
      startTime = seconds(since);
    }
  }

  /** Rounded up to the second that the API writes. */
  void retryAt(Instant time) {
    nextRetryTime = secondsUp(time);
  }

  /** The attempt has ended, and the trial has not. */
  TrialStatus interrupted(TrialReason reason, String text, Instant at) {
    interruption = interruption(attempt, reason, text, at);
    progress = idle(progress);
    return write(Truth.False, reason, text);
  }

  TrialStatus write(Truth running, TrialReason reason, String text) {
    ConditionSet conditions =
        new ConditionSet(before.conditions(), now, before.observedGeneration())
            .set(ConditionType.Running, running, reason, clip(text));
    if (outcome != null) {
      boolean succeeded = outcome.type() == OutcomeType.Succeeded;
      conditions
          .set(ConditionType.Finished, Truth.True, reason, clip(text))
          .set(
              ConditionType.Succeeded,
              succeeded ? Truth.True : Truth.False,
              outcome.reason() == null ? reason : outcome.reason(),
              clip(text));
    }
    return with(conditions.list());
  }

  TrialStatus with(List<Condition> conditions) {
    return new TrialStatus(
        before.observedGeneration(),
        conditions,
        attempt,
        failures,
        disruptions,
        startTime,
        completionTime,
        nextRetryTime,
        runningSeconds,
        progress,
        outcome,
        result,
        message,
        result == null ? null : ColumnMapping.of(result),
        attemptSeconds,
        interruption,
        limit,
        retry,
        blocked,
        block,
        job);
  }

  static String clip(String message) {
    return Text.clip(message, Bounds.MESSAGE);
  }

  static String seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String secondsUp(Instant instant) {
    Instant floor = instant.truncatedTo(ChronoUnit.SECONDS);
    return (floor.equals(instant) ? floor : floor.plusSeconds(1)).toString();
  }

  /** Without a worker no checkpoint grows older. */
  static @Nullable TrialProgress idle(@Nullable TrialProgress seen) {
    return seen == null
        ? null
        : new TrialProgress(seen.step(), seen.ratio(), seen.trainLoss(), null);
  }

  static InterruptionStatus interruption(
      int attempt, TrialReason reason, String message, Instant at) {
    return new InterruptionStatus(attempt, reason.name(), clip(message), seconds(at));
  }
}
