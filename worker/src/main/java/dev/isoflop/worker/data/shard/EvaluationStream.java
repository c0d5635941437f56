package dev.isoflop.worker.data.shard;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.PendingExample;
import dev.isoflop.worker.data.shard.SampleReader.Mode;
import java.util.Optional;

/** The first samples in stored order, once. */
final class EvaluationStream implements ExampleStream {
  private final ShardChain chain;
  private final SampleDecoder decoder;
  private long left;

  EvaluationStream(ShardChain chain, SampleDecoder decoder, long count) {
    this.chain = chain;
    this.decoder = decoder;
    left = count;
  }

  @Override
  public Optional<PendingExample> next() throws DataException {
    if (left == 0) {
      return Optional.empty();
    }
    left--;
    return chain.next(Mode.READ).map(sample -> () -> decoder.evaluate(sample));
  }

  @Override
  public void close() {
    chain.close();
  }
}
