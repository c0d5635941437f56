package dev.isoflop.operator.local;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** A worker process that we started. */
final class ProcessWorker implements Worker {
  private final Process process;
  private final Instant startedAt;
  private final CompletableFuture<OptionalInt> exit;

  ProcessWorker(Process process, Instant now) {
    this.process = process;
    this.startedAt = process.info().startInstant().orElse(now);
    this.exit = process.onExit().thenApply(ended -> OptionalInt.of(ended.exitValue()));
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public Instant startedAt() {
    return startedAt;
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
