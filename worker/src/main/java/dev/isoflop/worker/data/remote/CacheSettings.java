package dev.isoflop.worker.data.remote;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Folder that the workers of a machine share, and the bound on its downloads. It is the machine's
 * business and not the experiment's, so it comes from the environment.
 *
 * @param folder created when first needed
 * @param mostBytes bound on all downloads together
 */
public record CacheSettings(Path folder, long mostBytes) {
  /** Environment variable of the folder. */
  public static final String FOLDER = "ISOFLOP_CACHE";

  /** Environment variable of the bound, in bytes. */
  public static final String BYTES = "ISOFLOP_CACHE_BYTES";

  private static final long DEFAULT_BYTES = 64L << 30;

  /**
   * What the environment says: {@code ISOFLOP_CACHE}, else {@code $XDG_CACHE_HOME/isoflop}, else
   * {@code ~/.cache/isoflop}; and 64 GiB unless {@code ISOFLOP_CACHE_BYTES} says otherwise.
   *
   * @throws DataException if a variable holds what cannot be used
   */
  public static CacheSettings of(Map<String, String> environment) throws DataException {
    return new CacheSettings(folder(environment), bytes(environment.get(BYTES)));
  }

  private static Path folder(Map<String, String> environment) throws DataException {
    try {
      String own = environment.getOrDefault(FOLDER, "");
      if (!own.isEmpty()) {
        return Path.of(own).toAbsolutePath();
      }
      String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
      if (shared.startsWith("/")) { // the standard says that others are to be ignored
        return Path.of(shared, "isoflop");
      }
      return Path.of(environment.getOrDefault("HOME", "."), ".cache", "isoflop").toAbsolutePath();
    } catch (InvalidPathException e) {
      throw new DataException(
          Kind.Setting, FOLDER, "is not a path (" + e.getReason() + ")", "name a folder", e);
    }
  }

  private static long bytes(@Nullable String text) throws DataException {
    if (text == null || text.isEmpty()) {
      return DEFAULT_BYTES;
    }
    try {
      long bytes = Long.parseLong(text);
      if (bytes > 0) {
        return bytes;
      }
    } catch (NumberFormatException e) {
      // told below, as a number that is not positive
    }
    throw new DataException(
        Kind.Setting,
        BYTES,
        "'" + text + "' is not a number of bytes",
        "give a positive whole number, such as " + DEFAULT_BYTES);
  }
}
