package dev.isoflop.operator.sweep.state;

import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.TrialStatusBuilder;
import dev.isoflop.api.v1alpha1.status.InterruptionStatus;
import dev.isoflop.api.v1alpha1.status.RetryStatus;
import dev.isoflop.api.v1alpha1.status.TrialBlock;
import dev.isoflop.api.v1alpha1.status.TrialProgress;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.sweep.observe.AttemptEnd;
import dev.isoflop.operator.sweep.observe.AttemptObservation;
import dev.isoflop.operator.sweep.observe.TrialObservation;
import dev.isoflop.operator.sweep.state.ConditionSet.Truth;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialOutcome;
import dev.isoflop.trial.TrialResult;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a trial's status in step with what is seen of its attempts.
 *
 * <p>The status is the ledger: an attempt is open while the condition Running is True and its
 * number is {@code attempt}. Its end is entered once, in the very write that closes it, so seeing
 * the same end again changes nothing, and a write that was lost is made again.
 */
public final class TrialLedger {
  /** The status of a trial to which nothing has happened. */
  public static final TrialStatus BLANK =
      TrialStatusBuilder.builder().conditions(List.of()).build();

  private final int failuresBorne;
  private final Duration deadline;
  private final Instant now;

  /**
   * @param failuresBorne failed attempts after which a trial is tried again
   * @param deadline longest running time of a trial over all attempts
   */
  public TrialLedger(int failuresBorne, Duration deadline, Instant now) {
    this.failuresBorne = failuresBorne;
    this.deadline = deadline;
    this.now = now;
  }

  private TrialEntry entry(TrialStatus status) {
    return new TrialEntry(status, now);
  }

  static boolean open(TrialStatus status) {
    return ConditionType.Running.isTrue(status.conditions());
  }

  static boolean finished(TrialStatus status) {
    return status.outcome() != null;
  }

  /** Why the sweep told the open attempt to stop, if it did. */
  static Optional<StopReason> stopReason(TrialStatus status) {
    return ConditionType.Running.in(status.conditions())
        .filter(running -> open(status))
        .filter(running -> TrialReason.Stopping.name().equals(running.getReason()))
        .flatMap(running -> StopReason.named(running.getMessage()));
  }

  /** Seconds of a trial's running time that count against its deadline. */
  static double countedSeconds(TrialStatus status) {
    RetryStatus retry = status.retry();
    return retry == null
        ? status.runningSeconds()
        : status.runningSeconds() - retry.runningSeconds();
  }

  /** The status that the observation leads to. */
  public TrialStatus settle(PlannedTrial planned, TrialObservation observed, Retries retries) {
    TrialStatus status = retries.apply(observed.status().orElse(BLANK), observed.retry());
    if (finished(status)) {
      return status;
    }
    TrialStatus settled = settle(planned, observed, withLosses(status, observed));
    if (finished(settled)) {
      return retries.mend(settled);
    }
    return observed.givenUp() ? giveUp(settled, observed.attempt()) : settled;
  }

  /** The end of a trial without which its sweep may go on, if something outside it is at fault. */
  private TrialStatus giveUp(TrialStatus status, AttemptObservation attempt) {
    TrialBlock block = status.block();
    Optional<AttemptObservation.Blocker> blocker =
        attempt instanceof AttemptObservation.Running running
            ? running.blocker()
            : Optional.empty();
    if (blocker.isPresent()) {
      return givenUp(status, blocker.get().reason(), blocker.get().message());
    }
    return block == null || attempt instanceof AttemptObservation.Running
        ? status
        : givenUp(status, block.reason(), block.message());
  }

  private TrialStatus givenUp(TrialStatus status, OutcomeReason reason, String message) {
    return finish(
        entry(status),
        now,
        TrialOutcome.excluded(
            reason, TrialEntry.clip("given up by its annotation; at last: " + message)),
        null,
        null);
  }

  private TrialStatus settle(PlannedTrial planned, TrialObservation observed, TrialStatus status) {
    AttemptObservation attempt = observed.attempt();
    if (attempt instanceof AttemptObservation.Running running) {
      return running.number() < status.attempt() ? status : running(status, running);
    }
    if (attempt instanceof AttemptObservation.Ended ended && !entered(status, ended)) {
      return close(planned, status, ended, observed.result());
    }
    return observed
        .result()
        .filter(result -> result.outcome().type() == OutcomeType.Succeeded)
        .filter(result -> ResultCheck.problem(planned, result).isEmpty())
        .map(result -> finish(entry(status), now, result.outcome(), result, null))
        .orElse(status);
  }

  private static boolean entered(TrialStatus status, AttemptObservation.Ended ended) {
    return ended.number() < status.attempt()
        || (ended.number() == status.attempt() && !open(status));
  }

  /**
   * Enters the workers that the newest attempt has lost without ending. What was entered before is
   * known by its time.
   */
  private TrialStatus withLosses(TrialStatus status, TrialObservation observed) {
    if (observed.number() < status.attempt()) {
      return status;
    }
    Optional<InterruptionStatus> last =
        Optional.ofNullable(status.interruption())
            .filter(known -> known.attempt() == observed.number());
    List<TrialObservation.LostWorker> further =
        observed.lost().stream()
            .filter(lost -> last.filter(known -> !isAfter(lost.at(), known)).isEmpty())
            .toList();
    if (further.isEmpty()) {
      return status;
    }
    TrialObservation.LostWorker newest = further.get(further.size() - 1);
    TrialEntry entry = entry(status);
    entry.disruptions += further.size();
    entry.interruption =
        TrialEntry.interruption(
            observed.number(), TrialReason.Disrupted, newest.cause(), newest.at());
    return entry.with(status.conditions());
  }

  private static boolean isAfter(Instant at, InterruptionStatus known) {
    return at.truncatedTo(ChronoUnit.SECONDS).isAfter(Instant.parse(known.time()));
  }

  /** The intent to start an attempt, written before it is started. */
  public TrialStatus starting(TrialStatus status) {
    TrialEntry entry = entry(status);
    entry.attempt = status.attempt() + 1;
    entry.job = null;
    entry.began(now);
    entry.nextRetryTime = null;
    entry.attemptSeconds = null;
    entry.message = null;
    return entry.write(Truth.True, TrialReason.Running, "attempt " + entry.attempt);
  }

  /**
   * The trial may run again, from its checkpoint and with its failures forgiven, and goes on if it
   * runs.
   *
   * @param met the requests that were met with this one
   */
  TrialStatus again(TrialStatus status, RetryStatus met, String why) {
    return again(status, met, why, null);
  }

  /**
   * The trial may run again as the spec gives more than the limit that ended it. That stays in the
   * status: a pod that gets no more nevertheless, as a LimitRange or a quota of its namespace says,
   * would end at it each time, see {@link #close}.
   */
  TrialStatus mended(TrialStatus status, RetryStatus met, String why) {
    return again(status, met, why, status.limit());
  }

  private TrialStatus again(
      TrialStatus status, RetryStatus met, String why, @Nullable String limit) {
    TrialEntry entry = entry(status);
    entry.retry = met;
    entry.failures = 0;
    if (open(status) || status.attempt() == 0) {
      return entry.with(status.conditions());
    }
    entry.nextRetryTime = null;
    entry.completionTime = null;
    entry.outcome = null;
    entry.result = null;
    entry.limit = limit;
    entry.block = null;
    entry.message = why;
    return entry.write(Truth.False, TrialReason.Queued, why);
  }

  /** A request that asks for nothing more. */
  TrialStatus met(TrialStatus status, RetryStatus met) {
    TrialEntry entry = entry(status);
    entry.retry = met;
    return entry.with(status.conditions());
  }

  /** Takes back an intent of which nothing came. */
  public TrialStatus withdrawn(TrialStatus status) {
    TrialEntry entry = entry(status);
    entry.attempt = Math.max(0, status.attempt() - 1);
    return entry.write(Truth.False, TrialReason.Queued, "waits for a slot");
  }

  /**
   * The intent to stop the open attempt, written before it is told; the message is the reason. Its
   * time is entered now: once its Job is gone, nobody knows it any more.
   *
   * @param since when it began
   */
  public TrialStatus stopping(TrialStatus status, StopReason reason, Instant since) {
    return stopping(entry(status), reason, since);
  }

  /** The intent to stop an attempt that could not begin; what kept it from that is entered. */
  public TrialStatus stopping(
      TrialStatus status, AttemptObservation.Blocker blocker, Instant since) {
    TrialEntry entry = entry(status);
    if (stopReason(status).filter(StopReason.Held::equals).isEmpty()) {
      entry.block(blocker.reason(), blocker.message(), blocker.since(), now);
    }
    return stopping(entry, StopReason.Held, since);
  }

  private TrialStatus stopping(TrialEntry entry, StopReason reason, Instant since) {
    if (entry.attemptSeconds == null) {
      entry.ran(Duration.between(since, now));
    }
    entry.message = "told to stop: " + reason;
    return entry.write(Truth.True, TrialReason.Stopping, reason.name());
  }

  private TrialStatus running(TrialStatus status, AttemptObservation.Running running) {
    TrialEntry entry = entry(status);
    entry.attempt = running.number();
    entry.began(running.since());
    entry.nextRetryTime = null;
    running.progress().ifPresent(progress -> entry.progress = progress);
    if (running.stopping() && stopReason(status).isPresent()) {
      return entry.with(status.conditions());
    }
    entry.message = running.hindrance().map(TrialEntry::clip).orElse(null);
    return entry.write(
        Truth.True, reason(running), running.hindrance().orElse("attempt " + running.number()));
  }

  private static TrialReason reason(AttemptObservation.Running running) {
    if (running.waiting().isPresent()) {
      return TrialReason.Waiting;
    }
    return running.nodeLost().isPresent() ? TrialReason.NodeLost : TrialReason.Running;
  }

  private TrialStatus close(
      PlannedTrial planned,
      TrialStatus status,
      AttemptObservation.Ended ended,
      Optional<TrialResult> result) {
    Optional<StopReason> ownStop =
        stopReason(status).filter(reason -> ended.number() == status.attempt());
    AttemptVerdict verdict = AttemptVerdict.of(planned, ended.end(), result, ownStop.isPresent());
    Duration ran = Duration.between(ended.since(), ended.at());
    TrialEntry entry = entry(status);
    entry.attempt = ended.number();
    entry.began(ended.since());
    entry.ran(ran);
    entry.attemptSeconds = null;

    if (verdict instanceof AttemptVerdict.Conclusive end) {
      String limit =
          ended.end() instanceof AttemptEnd.OutOfMemory memory
              ? mendable(memory.limit(), status)
              : null;
      return finish(entry, ended.at(), end.outcome(), end.result().orElse(null), limit);
    }
    if (verdict instanceof AttemptVerdict.Failure failure) {
      entry.failures++;
      entry.block = null;
      if (entry.failures > failuresBorne) {
        String message =
            "%s, the last: %s"
                .formatted(
                    NumberFormat.several(entry.failures, "failed attempt"), failure.message());
        return finish(
            entry,
            ended.at(),
            TrialOutcome.failed(failure.reason(), TrialEntry.clip(message)),
            null,
            null);
      }
    } else if (verdict instanceof AttemptVerdict.Disruption) {
      entry.disruptions++;
    } else if (verdict instanceof AttemptVerdict.Blocked blocked) {
      entry.block(blocked.reason(), blocked.message(), ended.at(), ended.at());
    }
    if (entry.countedSeconds() >= deadline.toSeconds()
        || ownStop.filter(StopReason.DeadlineExceeded::equals).isPresent()) {
      String message =
          "ran for %s without ending; raise scheduling.trialDeadline, or find out why it is slow"
              .formatted(NumberFormat.duration(Duration.ofSeconds((long) entry.countedSeconds())));
      return finish(
          entry,
          ended.at(),
          TrialOutcome.failed(OutcomeReason.DeadlineExceeded, message),
          null,
          deadline.toString());
    }
    return wait(entry, verdict, ownStop, ended.at(), ran);
  }

  /** The limit, if a spec that gives more may help: not if it gave more before and it stayed. */
  private static @Nullable String mendable(@Nullable String limit, TrialStatus status) {
    return limit == null || limit.equals(status.limit()) ? null : limit;
  }

  private TrialStatus wait(
      TrialEntry entry,
      AttemptVerdict verdict,
      Optional<StopReason> ownStop,
      Instant at,
      Duration ran) {
    if (verdict instanceof AttemptVerdict.Failure failure) {
      entry.retryAt(at.plus(BackOff.afterFailure(entry.failures)));
      entry.message = TrialEntry.clip(failure.message());
      return entry.interrupted(TrialReason.BackOff, failure.message(), at);
    }
    if (verdict instanceof AttemptVerdict.Disruption disruption) {
      entry.retryAt(at.plus(BackOff.afterDisruption(entry.disruptions, ran)));
      entry.message = TrialEntry.clip(disruption.message());
      return entry.interrupted(TrialReason.Disrupted, disruption.message(), at);
    }
    if (ownStop.filter(StopReason.Outdated::equals).isPresent()) {
      entry.message = null;
      return entry.interrupted(
          TrialReason.Replaced,
          "had not begun, and is made anew as the spec or the worker's image has changed",
          at);
    }
    if (entry.block != null) {
      entry.retryAt(at.plus(BackOff.afterBlock(entry.blocked)));
      entry.message = entry.block.message();
      return entry.interrupted(TrialReason.Blocked, entry.block.message(), at);
    }
    entry.message = null;
    return entry.interrupted(
        TrialReason.Stopped, ownStop.map(StopReason::words).orElse(StopReason.UNKNOWN), at);
  }

  private TrialStatus blocked(TrialEntry entry, TrialBlock block) {
    entry.message = block.message();
    return entry.write(Truth.False, TrialReason.Blocked, block.message());
  }

  /** The status of a trial whose fault was mended, as another attempt showed. */
  public TrialStatus unblocked(TrialStatus status) {
    TrialEntry entry = entry(status);
    entry.block = null;
    if (open(status) || finished(status)) {
      return entry.with(status.conditions());
    }
    entry.message = null;
    return entry.write(Truth.False, TrialReason.Queued, "waits for a slot");
  }

  /** The status of a trial that may start at once, whatever had become of it. */
  TrialStatus takenUp(TrialStatus status) {
    TrialEntry entry = entry(status);
    entry.block = null;
    entry.nextRetryTime = null;
    if (open(status)) {
      return entry.with(status.conditions());
    }
    if (finished(status)) {
      entry.failures = 0;
      entry.outcome = null;
      entry.result = null;
      entry.completionTime = null;
    }
    entry.message = null;
    return entry.write(Truth.False, TrialReason.Queued, "waits for a slot");
  }

  /**
   * Takes back what a trial was charged for a fault that it shares with all others, also if it had
   * failed for good.
   *
   * @param last when it last met the fault
   */
  TrialStatus notCharged(TrialStatus status, OutcomeReason reason, String message, Instant last) {
    TrialEntry entry = entry(status);
    entry.failures = 0;
    entry.outcome = null;
    entry.result = null;
    entry.completionTime = null;
    entry.block(reason, message, last, last);
    entry.retryAt(last.plus(BackOff.afterBlock(entry.blocked)));
    return blocked(entry, Objects.requireNonNull(entry.block));
  }

  private TrialStatus finish(
      TrialEntry entry,
      Instant at,
      TrialOutcome outcome,
      @Nullable TrialResult result,
      @Nullable String limit) {
    entry.limit = limit;
    entry.completionTime = TrialEntry.seconds(at);
    entry.nextRetryTime = null;
    entry.block = null;
    entry.outcome = StorableResult.of(outcome);
    entry.result = result == null ? null : StorableResult.of(result);
    entry.progress = lastProgress(entry.progress, outcome, entry.result);
    entry.message = entry.outcome.message();
    TrialReason reason =
        switch (outcome.type()) {
          case Succeeded -> TrialReason.Succeeded;
          case Excluded -> TrialReason.Excluded;
          case Failed -> TrialReason.Failed;
        };
    return entry.write(
        Truth.False, reason, outcome.message() == null ? "complete" : outcome.message());
  }

  /** Progress at the end; a scrape of the worker may be older than its end. */
  private static @Nullable TrialProgress lastProgress(
      @Nullable TrialProgress seen, TrialOutcome outcome, @Nullable TrialResult result) {
    return outcome.type() == OutcomeType.Succeeded && result != null
        ? new TrialProgress(result.steps(), 1, result.trainLoss(), null)
        : TrialEntry.idle(seen);
  }
}
