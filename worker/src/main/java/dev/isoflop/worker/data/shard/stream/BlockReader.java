package dev.isoflop.worker.data.shard.stream;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.shard.read.SampleReader.Mode;
import dev.isoflop.worker.data.shard.read.StoredSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts an epoch's samples into blocks that are shuffled as a whole. A block ends when it is full by
 * count or would go over its bytes; sizes come from the headers, so blocks are the same whether the
 * contents are read or skipped.
 */
final class BlockReader implements AutoCloseable {
  /**
   * The bounds of a block. They decide the order of examples: another value is another experiment.
   *
   * @param samples most samples of a block
   * @param bytes most bytes of undecoded images and captions, unless a single sample has more
   */
  record Bounds(int samples, long bytes) {
    static final Bounds DEFAULT = new Bounds(8192, 64L << 20);
  }

  private final ShardChain chain;
  private final Bounds bounds;
  private @Nullable StoredSample carried;

  BlockReader(ShardChain chain, Bounds bounds) {
    this.chain = chain;
    this.bounds = bounds;
  }

  /** The next block in stored order; empty at the end of the epoch. */
  List<StoredSample> next(Mode mode) throws DataException {
    List<StoredSample> block = new ArrayList<>();
    long bytes = 0;
    while (block.size() < bounds.samples()) {
      Optional<StoredSample> next = carried == null ? chain.next(mode) : Optional.of(carried);
      carried = null;
      if (next.isEmpty()) {
        break;
      }
      StoredSample sample = next.get();
      if (!block.isEmpty() && bytes + sample.bytes() > bounds.bytes()) {
        carried = sample;
        break;
      }
      block.add(sample);
      bytes += sample.bytes();
    }
    return block;
  }

  @Override
  public void close() {
    chain.close();
  }
}
