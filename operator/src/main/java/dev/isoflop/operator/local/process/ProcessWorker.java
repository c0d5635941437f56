package dev.isoflop.operator.local.process;

import dev.isoflop.trial.ProcessIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** A worker process that we started. */
final class ProcessWorker implements Worker {
  private final Process process;
  private final ProcessIdentity identity;
  private final CompletableFuture<OptionalInt> exit;

  ProcessWorker(Process process, Instant now) {
    this.process = process;
    this.identity = ProcessIdentity.of(process.toHandle(), now);
    this.exit = process.onExit().thenApply(ended -> OptionalInt.of(ended.exitValue()));
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
