package dev.isoflop.worker.data.shard.stream;

import dev.isoflop.worker.data.BrokenSamples;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.Example;
import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.PendingExample;
import dev.isoflop.worker.data.shard.decode.Pass;
import dev.isoflop.worker.data.shard.decode.SampleDecoder;
import dev.isoflop.worker.data.shard.read.SamplePlace;
import dev.isoflop.worker.data.shard.read.SampleReader.Mode;
import dev.isoflop.worker.data.shard.read.StoredSample;
import java.util.List;
import java.util.Optional;

/** Epoch after epoch: shards in a random order, samples shuffled block by block. */
final class TrainingStream implements ExampleStream {
  private final ShardSet shards;
  private final SampleDecoder decoder;
  private final BlockReader.Bounds bounds;
  private final BrokenSamples broken;
  private final long seed;
  private long epoch;
  private long block;
  private BlockReader blocks;
  private List<StoredSample> samples = List.of();
  private int next;

  /** Opens the stream at an example number, looking only at headers on the way there. */
  TrainingStream(
      ShardSet shards,
      SampleDecoder decoder,
      BlockReader.Bounds bounds,
      BrokenSamples broken,
      long seed,
      long firstExample)
      throws DataException {
    if (firstExample < 0) {
      throw new IllegalArgumentException("example numbers start at 0, not " + firstExample);
    }
    this.shards = shards;
    this.decoder = decoder;
    this.bounds = bounds;
    this.broken = broken;
    this.seed = seed;
    blocks = epochBlocks(0, 0);
    if (firstExample > 0) {
      goTo(firstExample);
    }
  }

  private void goTo(long example) throws DataException {
    blocks.close();
    if (shards.knownCount().isPresent() || !enterEpoch(example)) {
      long perEpoch = shards.count();
      epoch = example / perEpoch;
      if (!enterEpoch(example % perEpoch)) {
        throw shards.changed();
      }
    }
  }

  /**
   * Goes to an example of the current epoch. If the epoch ends before it, nothing is opened and the
   * samples are counted: a run within its first epoch never looks at shards that are still to come.
   */
  private boolean enterEpoch(long example) throws DataException {
    long left = example;
    block = 0;
    SamplePlace first;
    try (BlockReader skim = epochBlocks(0, 0)) {
      List<StoredSample> skimmed = skim.next(Mode.SKIM);
      while (left >= skimmed.size()) {
        if (skimmed.isEmpty()) {
          shards.counted(example - left);
          return false;
        }
        left -= skimmed.size();
        block++;
        skimmed = skim.next(Mode.SKIM);
      }
      first = skimmed.get(0).place();
    }
    int shard = shards.order(seed, epoch).indexOf(first.index());
    blocks = epochBlocks(shard, first.number());
    fill();
    next = (int) left;
    return true;
  }

  private BlockReader epochBlocks(int shard, long sample) throws DataException {
    ShardChain chain = shards.chain(shards.order(seed, epoch));
    chain.skipTo(shard, sample);
    return new BlockReader(chain, bounds);
  }

  @Override
  public Optional<PendingExample> next() throws DataException {
    while (next == samples.size()) {
      fill();
    }
    Pass pass = new Pass(seed, epoch);
    int place = next++;
    if (!broken.areBorne()) { // a sample alone, so that its block is not held until it is decoded
      StoredSample sample = samples.get(place);
      return Optional.of(() -> decode(sample, pass));
    }
    List<StoredSample> block = samples;
    return Optional.of(
        () ->
            broken.firstWhole(
                shards.field(), block.size(), place, index -> decode(block.get(index), pass)));
  }

  private Example decode(StoredSample sample, Pass pass) throws DataException {
    return decoder.decode(sample, pass.random(sample.place()));
  }

  private void fill() throws DataException {
    samples = List.of(); // before the next block is read, so that both are never held
    next = 0;
    List<StoredSample> read = blocks.next(Mode.READ);
    if (read.isEmpty()) {
      if (block == 0) {
        throw shards.empty();
      }
      epoch++;
      block = 0;
      blocks.close();
      blocks = epochBlocks(0, 0);
      return;
    }
    samples = Shuffle.block(read, seed, epoch, block);
    block++;
  }

  @Override
  public void close() {
    blocks.close();
  }
}
