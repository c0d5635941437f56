package dev.isoflop.worker.data.remote;

import java.time.Duration;

/**
 * How often a download is tried again and how long it waits: twice as long each time. A try that
 * brings bytes that no try before it brought starts the count anew, so a server is given up that
 * gives nothing, or always the same beginning.
 *
 * @param tries in a row without a new byte, the first included
 * @param first the wait after the first
 * @param longest the longest wait, whatever a server asks for
 * @param stall how long a server may send nothing
 */
record Retries(int tries, Duration first, Duration longest, Duration stall) {
  static final Retries DEFAULT =
      new Retries(6, Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofSeconds(60));

  /** The wait after a number of failed tries, from 1. */
  Duration pause(int failed) {
    Duration pause = first.multipliedBy(1L << Math.min(failed - 1, 20));
    return pause.compareTo(longest) > 0 ? longest : pause;
  }
}
