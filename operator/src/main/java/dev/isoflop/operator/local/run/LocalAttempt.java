package dev.isoflop.operator.local.run;

import dev.isoflop.operator.collect.LiveMetrics;
import dev.isoflop.operator.local.process.Worker;
import dev.isoflop.operator.sweep.observe.AttemptEnd;
import dev.isoflop.operator.sweep.observe.AttemptObservation;
import dev.isoflop.trial.OutcomeReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** An attempt whose worker runs. */
final class LocalAttempt {
  private static final int KILLED = 128 + 9;

  private final int number;
  private final Worker worker;
  private final OptionalLong memoryKillsBefore;
  private final LiveMetrics live = new LiveMetrics();
  private @Nullable Instant killAt;
  private @Nullable String stoppedFor;
  private boolean killed;
  private final StallDetector standstill = new StallDetector();
  private @Nullable Instant doneSince;
  private boolean scraping;

  LocalAttempt(int number, Worker worker, OptionalLong memoryKillsBefore) {
    this.number = number;
    this.worker = worker;
    this.memoryKillsBefore = memoryKillsBefore;
  }

  int number() {
    return number;
  }

  Worker worker() {
    return worker;
  }

  LiveMetrics live() {
    return live;
  }

  boolean stopping() {
    return killAt != null;
  }

  /** Whether a scrape is under way; the next one waits for it. */
  boolean scraping() {
    return scraping;
  }

  void scraping(boolean underWay) {
    scraping = underWay;
  }

  /** Asks the worker to stop, once, and gives it until then before it is killed. */
  void stop(Instant now, Duration grace) {
    if (killAt == null) {
      killAt = now.plus(grace);
      worker.terminate();
    }
  }

  /** Notes that the worker's result is written; one that runs on regardless is stopped. */
  void linger(Instant now, Duration grace) {
    if (doneSince == null) {
      doneSince = now;
    } else if (now.isAfter(doneSince.plus(grace))) {
      stop(now, grace);
    }
  }

  /** When the worker's time to stop is over; empty if it was not asked to. */
  Optional<Instant> killAt() {
    return Optional.ofNullable(killAt);
  }

  /** Kills a worker that has not stopped in its time. */
  void killIfDue(Instant now) {
    if (killAt != null && !killed && !now.isBefore(killAt)) {
      killed = true;
      worker.kill();
    }
  }

  /** Stops a worker that has stood still for too long. */
  void stopIfStanding(Instant now, Duration grace) {
    if (killAt == null && standstill.isTooLong(now, worker.processorTime())) {
      stoppedFor =
          "the worker stood still for %d minutes, without using the processor, and was stopped"
              .formatted(StallDetector.BORNE.toMinutes());
      stop(now, grace);
    }
  }

  AttemptObservation observed(Instant now) {
    return new AttemptObservation.Running(
        number, worker.startedAt(), stopping(), live.progress(now));
  }

  /** The end of the attempt, as far as the worker's parent can tell. */
  AttemptEnd end(OptionalInt code, OptionalLong memoryKillsNow) {
    if (stoppedFor != null) {
      return new AttemptEnd.Faulted(OutcomeReason.Crashed, stoppedFor);
    }
    if (killed) {
      return new AttemptEnd.Disrupted("it did not stop when it was asked to, and was killed");
    }
    if (code.isEmpty()) {
      return new AttemptEnd.Disrupted("it ended under another parent, which knew its exit status");
    }
    boolean forMemory =
        code.getAsInt() == KILLED
            && memoryKillsBefore.isPresent()
            && memoryKillsNow.isPresent()
            && memoryKillsNow.getAsLong() > memoryKillsBefore.getAsLong();
    return forMemory
        ? new AttemptEnd.Faulted(
            OutcomeReason.OutOfMemory,
            "the system killed the worker for want of memory; run fewer at once with --slots, or"
                + " lower training.batchSize")
        : new AttemptEnd.Exited(code.getAsInt());
  }
}
