package dev.isoflop.worker.data.cache;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.remote.CacheSettings;
import dev.isoflop.worker.torch.TorchRuntime;
import java.util.function.Supplier;

/**
 * Services of the process that opening data may need.
 *
 * @param torch starts libtorch, asked only for encoders that are TorchScript
 * @param cache where downloads, features and latents are kept
 */
public record DataEnvironment(Supplier<TorchRuntime> torch, CacheSettings cache) {
  /**
   * The caches that this process's environment variables name.
   *
   * @throws DataException if a variable holds what cannot be used
   */
  public static DataEnvironment ofProcess(Supplier<TorchRuntime> torch) throws DataException {
    return new DataEnvironment(torch, CacheSettings.of(System.getenv()));
  }
}
