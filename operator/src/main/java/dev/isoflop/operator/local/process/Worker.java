package dev.isoflop.operator.local.process;

import dev.isoflop.trial.ProcessIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** A worker that was started, by this process or by one before it. */
public interface Worker {
  /** The process, as it was when it was started. */
  ProcessIdentity process();

  default long pid() {
    return process().pid();
  }

  default Instant startedAt() {
    return process().start();
  }

  /**
   * Completes when the process is gone, with its exit status (128 + n for signal n); the status is
   * empty for a process that is not our child, whose status only its parent could learn.
   */
  CompletableFuture<OptionalInt> exit();

  /** Processor time used so far; empty if the system does not tell. */
  Optional<Duration> processorTime();

  /** Asks it to write a checkpoint and end (SIGTERM). */
  void terminate();

  /** Ends it at once (SIGKILL). */
  void kill();
}
