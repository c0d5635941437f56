package dev.isoflop.worker.data.remote;

import java.nio.file.Path;
import java.time.Clock;

/** Caches for tests. */
public final class Caches {
  private Caches() {}

  /** One for tests that download nothing: its folder cannot be made. */
  public static RemoteCache none() {
    CacheSettings settings = new CacheSettings(Path.of("/dev/null/none"), 1);
    return new RemoteCache(settings, Clock.systemUTC(), line -> {});
  }
}
