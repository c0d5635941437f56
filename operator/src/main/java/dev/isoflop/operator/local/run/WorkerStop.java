package dev.isoflop.operator.local.run;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The last resort of a run that ends with workers still running: they never outlive it. */
final class WorkerStop {
  private static final Duration AFTER_KILL = Duration.ofSeconds(10);

  private final Duration grace;

  WorkerStop(Duration grace) {
    this.grace = grace;
  }

  /** Asks all to stop, waits for their checkpoints, and kills those that do not stop. */
  void stop(Collection<LocalAttempt> attempts) {
    if (attempts.isEmpty()) {
      return;
    }
    attempts.forEach(attempt -> attempt.worker().terminate());
    CompletableFuture<?> all =
        CompletableFuture.allOf(
            attempts.stream()
                .map(attempt -> attempt.worker().exit())
                .toArray(CompletableFuture<?>[]::new));
    if (!endsWithin(all, grace)) {
      attempts.forEach(attempt -> attempt.worker().kill());
      endsWithin(all, AFTER_KILL);
    }
  }

  private static boolean endsWithin(CompletableFuture<?> all, Duration patience) {
    return all.handle((ended, failure) -> true)
        .completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }
}
