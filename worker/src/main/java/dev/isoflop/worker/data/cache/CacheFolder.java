package dev.isoflop.worker.data.cache;

import java.nio.file.Path;
import java.util.Map;

/** Where a machine's workers keep what they share: features and latents, named by digest. */
public final class CacheFolder {
  /** The environment variable that names another folder. */
  public static final String VARIABLE = "ISOFLOP_CACHE";

  private CacheFolder() {}

  /**
   * The folder that an environment asks for: {@code ISOFLOP_CACHE}, else {@code isoflop} under
   * {@code XDG_CACHE_HOME}, else {@code .cache/isoflop} under {@code home}.
   */
  public static Path of(Map<String, String> environment, Path home) {
    String own = environment.getOrDefault(VARIABLE, "");
    if (!own.isEmpty()) {
      return Path.of(own);
    }
    String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
    return (shared.isEmpty() ? home.resolve(".cache") : Path.of(shared)).resolve("isoflop");
  }
}
