package dev.isoflop.worker.data.shard.stream;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.shard.read.SampleReader;
import dev.isoflop.worker.data.shard.read.SampleReader.Mode;
import dev.isoflop.worker.data.shard.read.StoredSample;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The samples of several shards, one shard after the other, one file open at a time. */
final class ShardChain implements AutoCloseable {
  private final ShardSet set;
  private final List<Integer> order;
  private int next;
  private @Nullable SampleReader open;

  /** The shards of a set in an order of their places. */
  ShardChain(ShardSet set, List<Integer> order) {
    this.set = set;
    this.order = order;
  }

  /** Moves on to a sample of a shard of the order; only before anything was read. */
  void skipTo(int shard, long sample) throws DataException {
    next = shard;
    for (long i = 0; i < sample; i++) {
      if (next(Mode.SKIM).isEmpty()) {
        throw set.changed();
      }
    }
  }

  /** The next sample, or empty after the last of the last shard. */
  Optional<StoredSample> next(Mode mode) throws DataException {
    while (true) {
      if (open == null) {
        if (next == order.size()) {
          return Optional.empty();
        }
        open = set.open(order.get(next++));
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
