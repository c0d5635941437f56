package dev.isoflop.worker.data.webdataset;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.webdataset.ShardReader.Mode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The samples of several shards, one shard after the other, one file open at a time. */
final class ShardChain implements AutoCloseable {
  private final String field;
  private final List<Path> shards;
  private final Limits limits;
  private int next;
  private @Nullable ShardReader open;

  ShardChain(String field, List<Path> shards, Limits limits) {
    this.field = field;
    this.shards = shards;
    this.limits = limits;
  }

  /** Moves on to a sample of a shard of the list; only before anything was read. */
  void skipTo(int shard, long sample) throws DataException {
    next = shard;
    for (long i = 0; i < sample; i++) {
      if (next(Mode.SKIM).isEmpty()) {
        throw new IllegalStateException("shard " + shards.get(shard) + " has fewer samples");
      }
    }
  }

  /** The next sample, or empty after the last of the last shard. */
  Optional<StoredSample> next(Mode mode) throws DataException {
    while (true) {
      if (open == null) {
        if (next == shards.size()) {
          return Optional.empty();
        }
        open = new ShardReader(field, shards.get(next++), limits);
      }
      Optional<StoredSample> sample = open.next(mode);
      if (sample.isPresent()) {
        return sample;
      }
      close();
    }
  }

  @Override
  public void close() {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
