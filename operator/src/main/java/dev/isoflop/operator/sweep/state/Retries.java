package dev.isoflop.operator.sweep.state;

import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.status.RetryStatus;
import dev.isoflop.api.v1alpha1.sweep.SchedulingSpec;
import dev.isoflop.operator.sweep.observe.SweepObservation;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which trials that have ended run again: those that someone asks for, and those whose limit was
 * raised. Each request is met once, as the trial's status says in the very write that meets it.
 */
public final class Retries {
  private final SchedulingSpec scheduling;
  private final Optional<String> ofSweep;
  private final TrialLedger ledger;

  /**
   * @param ofSweep the request to try all trials again that failed, while it is still to be met
   */
  public Retries(SchedulingSpec scheduling, Optional<String> ofSweep, TrialLedger ledger) {
    this.scheduling = scheduling;
    this.ofSweep = ofSweep;
    this.ledger = ledger;
  }

  /** The request for the whole sweep that is still to be met. */
  public static Optional<String> unmet(SweepObservation observed) {
    return observed
        .retry()
        .filter(token -> !token.isBlank())
        .filter(
            token -> observed.status().filter(status -> token.equals(status.retry())).isEmpty());
  }

  /** The status with what is asked for, or was mended. */
  TrialStatus apply(TrialStatus status, Optional<String> ofTrial) {
    RetryStatus met = met(status);
    Optional<String> own =
        ofTrial.filter(token -> !token.isBlank()).filter(token -> !token.equals(met.trial()));
    if (own.isPresent()) {
      RetryStatus now =
          new RetryStatus(own.get(), ofSweep.orElse(met.sweep()), status.runningSeconds());
      return again(status, now, "tried again by its annotation");
    }
    Optional<String> common =
        ofSweep.filter(token -> !token.equals(met.sweep())).filter(token -> isMeant(status));
    if (common.isPresent()) {
      RetryStatus now = new RetryStatus(met.trial(), common.get(), status.runningSeconds());
      return again(status, now, "tried again by the sweep's annotation");
    }
    return mend(status);
  }

  /** The status of a trial that has just ended at a limit, if the limit was raised meanwhile. */
  TrialStatus mend(TrialStatus status) {
    return mended(status).map(why -> ledger.mended(status, met(status), why)).orElse(status);
  }

  private TrialStatus again(TrialStatus status, RetryStatus met, String why) {
    return isOutcome(status, OutcomeType.Succeeded)
        ? ledger.met(status, met)
        : ledger.again(status, met, why);
  }

  private static RetryStatus met(TrialStatus status) {
    RetryStatus met = status.retry();
    return met == null ? RetryStatus.none() : met;
  }

  /**
   * Whether a request for a whole sweep means this trial: it failed, waits after a failure, or did
   * not fit. One that diverged would do so again.
   */
  public static boolean isMeant(TrialStatus status) {
    TrialOutcome outcome = status.outcome();
    return outcome == null
        ? status.failures() > 0 || status.block() != null
        : outcome.type() == OutcomeType.Failed || outcome.reason() == OutcomeReason.OutOfMemory;
  }

  /** The limit that was raised since it ended the trial; empty if none was. */
  private Optional<String> mended(TrialStatus status) {
    TrialOutcome outcome = status.outcome();
    String limit = status.limit();
    if (outcome == null || outcome.reason() == null || limit == null) {
      return Optional.empty();
    }
    if (outcome.reason() == OutcomeReason.OutOfMemory && MemoryLimit.isRaised(scheduling, limit)) {
      return Optional.of("its memory limit was %s and is raised".formatted(limit));
    }
    if (outcome.reason() == OutcomeReason.DeadlineExceeded
        && Duration.parse(scheduling.trialDeadline()).compareTo(Duration.parse(limit)) > 0) {
      return Optional.of("scheduling.trialDeadline was %s and is raised".formatted(limit));
    }
    return Optional.empty();
  }

  /** A trial that runs again although nothing of its spec has changed, on a user's command. */
  public static TrialStatus onCommand(TrialStatus status, Instant now) {
    RetryStatus met = met(status);
    return new TrialLedger(0, Duration.ZERO, now)
        .again(
            status,
            new RetryStatus(met.trial(), met.sweep(), status.runningSeconds()),
            "tried again by command");
  }

  private static boolean isOutcome(TrialStatus status, OutcomeType type) {
    TrialOutcome outcome = status.outcome();
    return outcome != null && outcome.type() == type;
  }
}
