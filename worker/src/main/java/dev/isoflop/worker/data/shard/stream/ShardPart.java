package dev.isoflop.worker.data.shard.stream;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DatasetPart;
import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.PendingExample;
import dev.isoflop.worker.data.shard.decode.SampleDecoder;
import dev.isoflop.worker.data.shard.read.SampleReader;
import dev.isoflop.worker.data.shard.read.SampleReader.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** One shard of a set. */
final class ShardPart implements DatasetPart {
  private final ShardSet shards;
  private final int index;
  private final SampleDecoder decoder;

  ShardPart(ShardSet shards, int index, SampleDecoder decoder) {
    this.shards = shards;
    this.index = index;
    this.decoder = decoder;
  }

  /** Its bytes, or 1 where they are not known before it is read. */
  @Override
  public long weight() {
    Optional<Path> local = shards.shards().get(index).local();
    try {
      return local.isPresent() ? Math.max(1, Files.size(local.get())) : 1;
    } catch (IOException e) {
      return 1; // whoever opens it is told what is wrong
    }
  }

  @Override
  public boolean remote() {
    return shards.shards().get(index).local().isEmpty();
  }

  @Override
  public ExampleStream open() throws DataException {
    SampleReader reader = shards.open(index);
    return new ExampleStream() {
      @Override
      public Optional<PendingExample> next() throws DataException {
        return reader.next(Mode.READ).map(sample -> () -> decoder.evaluate(sample));
      }

      @Override
      public void close() {
        reader.close();
      }
    };
  }

  @Override
  public void probe() throws DataException {
    shards.shards().get(index).probe(shards.field());
  }
}
