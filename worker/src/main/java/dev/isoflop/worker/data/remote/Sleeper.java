package dev.isoflop.worker.data.remote;

import java.time.Duration;

/** Lets time pass between two tries. */
@FunctionalInterface
public interface Sleeper {
  /** The real one. */
  Sleeper REAL = pause -> Thread.sleep(pause.toMillis());

  void sleep(Duration pause) throws InterruptedException;
}
