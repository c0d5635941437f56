package dev.isoflop.operator.local.process;

import dev.isoflop.trial.ProcessIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A worker process, of this program or of an earlier one that ended before it. */
public final class ProcessWorker implements Worker {
  private static final long LOOK_EVERY_MILLISECONDS = 100;

  private final ProcessHandle process;
  private final ProcessIdentity identity;
  private final CompletableFuture<OptionalInt> exit;

  private ProcessWorker(
      ProcessHandle process, ProcessIdentity identity, CompletableFuture<OptionalInt> exit) {
    this.process = process;
    this.identity = identity;
    this.exit = exit;
  }

  /** A worker that this process started. */
  static ProcessWorker started(Process process, Instant now) {
    ProcessHandle handle = process.toHandle();
    return new ProcessWorker(
        handle,
        ProcessIdentity.of(handle, now),
        process.onExit().thenApply(ended -> OptionalInt.of(ended.exitValue())));
  }

  /**
   * A worker whose parent is gone. Its exit status cannot be learnt, and its end only by looking.
   */
  static ProcessWorker adopted(ProcessHandle process, ProcessIdentity identity) {
    ProcessWorker worker = new ProcessWorker(process, identity, new CompletableFuture<>());
    worker.look();
    return worker;
  }

  private void look() {
    if (runs(process)) {
      CompletableFuture.delayedExecutor(LOOK_EVERY_MILLISECONDS, TimeUnit.MILLISECONDS)
          .execute(this::look);
    } else {
      exit.complete(OptionalInt.empty());
    }
  }

  /**
   * Whether a process runs. One that has ended but was never waited for, as happens in containers
   * without an init process, still has an id; it has no command any more.
   */
  public static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  @Override
  public ProcessIdentity process() {
    return identity;
  }

  @Override
  public CompletableFuture<OptionalInt> exit() {
    return exit;
  }

  @Override
  public Optional<Duration> processorTime() {
    return process.info().totalCpuDuration();
  }

  @Override
  public void terminate() {
    process.destroy();
  }

  @Override
  public void kill() {
    process.destroyForcibly();
  }
}
