package dev.isoflop.worker.data.shard.stream;

import dev.isoflop.worker.data.BrokenSamples;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.Example;
import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.PendingExample;
import dev.isoflop.worker.data.shard.decode.SampleDecoder;
import dev.isoflop.worker.data.shard.read.SampleReader.Mode;
import dev.isoflop.worker.data.shard.read.StoredSample;
import java.util.Optional;

/** The first samples in stored order, once; broken ones may be left out. */
final class EvaluationStream implements ExampleStream {
  private final ShardSet shards;
  private final ShardChain chain;
  private final SampleDecoder decoder;
  private final BrokenSamples broken;
  private final long count;
  private long handedOut;

  EvaluationStream(ShardSet shards, SampleDecoder decoder, BrokenSamples broken, long count) {
    this.shards = shards;
    this.decoder = decoder;
    this.broken = broken;
    this.count = count;
    chain = shards.chain(shards.storedOrder());
  }

  @Override
  public Optional<PendingExample> next() throws DataException {
    if (handedOut == count) {
      return Optional.empty();
    }
    Optional<PendingExample> next =
        broken.areBorne()
            ? nextWhole()
            : chain.next(Mode.READ).map(sample -> () -> decoder.evaluate(sample));
    handedOut++;
    return next;
  }

  /** Decodes at once, for what follows depends on what is broken. */
  private Optional<PendingExample> nextWhole() throws DataException {
    while (true) {
      StoredSample sample =
          chain
              .next(Mode.READ)
              .orElseThrow(
                  () ->
                      new DataException(
                          Kind.TooFew,
                          shards.field(),
                          "holds %d whole samples but evaluation.samples asks for %d"
                              .formatted(handedOut, count),
                          "fix or add some, or set evaluation.samples to " + handedOut));
      try {
        Example whole = decoder.evaluate(sample);
        return Optional.of(() -> whole);
      } catch (DataException e) {
        broken.leaveOut(shards.field(), e);
      }
    }
  }

  @Override
  public void close() {
    chain.close();
  }
}
