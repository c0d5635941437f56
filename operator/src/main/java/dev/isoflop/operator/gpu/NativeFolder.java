package dev.isoflop.operator.gpu;

import java.nio.file.Path;
import java.util.Map;

/** Folder of the libraries that were fetched for workers. */
public final class NativeFolder {
  private NativeFolder() {}

  /**
   * The folder of libtorch for CUDA: {@code native/libtorch-2.7.1-cuda} in {@code $ISOFLOP_CACHE},
   * else in {@code $XDG_CACHE_HOME/isoflop}, else in {@code ~/.cache/isoflop}.
   */
  public static Path cuda(Map<String, String> environment) {
    String own = environment.getOrDefault("ISOFLOP_CACHE", "");
    String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path cache =
        !own.isEmpty()
            ? Path.of(own)
            : !shared.isEmpty()
                ? Path.of(shared, "isoflop")
                : Path.of(System.getProperty("user.home"), ".cache", "isoflop");
    return cache.toAbsolutePath().resolve("native/libtorch-" + CudaLibraries.VERSION + "-cuda");
  }
}
