package dev.isoflop.operator.local.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns the end of this process (Ctrl-C, SIGTERM, a closed terminal) into an orderly stop of its
 * run: the process waits until its user closes this, that is until the run has returned and been
 * reported.
 */
public final class StopOnShutdown implements AutoCloseable {
  /** Time beyond the grace of the workers, for what is done after they have ended. */
  private static final Duration MARGIN = Duration.ofSeconds(20);

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook;

  private StopOnShutdown(LocalSweep sweep, Duration patience) {
    hook = new Thread(() -> stop(sweep, patience), "isoflop-stop");
  }

  /** Installs the stop; to be closed when the run has returned. */
  public static StopOnShutdown of(LocalSweep sweep, LocalOptions options) {
    StopOnShutdown stop = new StopOnShutdown(sweep, options.grace().plus(MARGIN));
    Runtime.getRuntime().addShutdownHook(stop.hook);
    return stop;
  }

  private void stop(LocalSweep sweep, Duration patience) {
    sweep.stop();
    try {
      if (!closed.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        System.err.println(
            "the run did not stop within %d s; the same command continues it"
                .formatted(patience.toSeconds()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook runs already, and ends now that the latch is open.
    }
  }
}
