package dev.isoflop.worker.data.shard.stream;

import static java.util.Objects.requireNonNull;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.data.DatasetPart;
import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.ValueKind;
import dev.isoflop.worker.data.shard.decode.ExampleContent;
import dev.isoflop.worker.data.shard.decode.SampleDecoder;
import dev.isoflop.worker.data.shard.locate.Shard;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Captioned images or latents from shards of any format.
 *
 * <p>Entering the training stream at example {@code n} looks at the sizes of the samples before it
 * in its epoch and, if it lies behind the first epoch, of one whole epoch to count it; entering at
 * 0 reads nothing ahead.
 */
public final class ShardDataset implements Dataset {
  private final String name;
  private final ExampleContent content;
  private final ShardSet shards;
  private final SampleDecoder decoder;
  private final BlockReader.Bounds bounds;

  /** A data set of shards whose content is first looked at when a stream is opened. */
  public ShardDataset(String name, ExampleContent content, ShardSet shards) {
    this(name, content, shards, BlockReader.Bounds.DEFAULT);
  }

  ShardDataset(String name, ExampleContent content, ShardSet shards, BlockReader.Bounds bounds) {
    this.name = requireNonNull(name, "name");
    this.content = requireNonNull(content, "content");
    this.shards = requireNonNull(shards, "shards");
    this.bounds = bounds;
    decoder = new SampleDecoder(content);
  }

  /** The same with other blocks. */
  ShardDataset inBlocksOf(BlockReader.Bounds other) {
    return new ShardDataset(name, content, shards, other);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ImageShape imageShape() {
    return content.imageShape();
  }

  @Override
  public ValueKind valueKind() {
    return content.valueKind();
  }

  /** Those on file systems; {@link #sources} has the others too. */
  @Override
  public Set<Path> files() throws DataException {
    Set<Path> files = new HashSet<>();
    for (Shard shard : shards.shards()) {
      if (shard.local().isPresent()) {
        files.add(Path.of(shard.identity(shards.field())));
      }
    }
    return files;
  }

  @Override
  public Set<String> sources() throws DataException {
    Set<String> sources = new HashSet<>();
    for (Shard shard : shards.shards()) {
      sources.add(shard.identity(shards.field()));
    }
    return sources;
  }

  @Override
  public List<DatasetPart> parts() {
    return shards.storedOrder().stream()
        .<DatasetPart>map(index -> new ShardPart(shards, index, decoder))
        .toList();
  }

  @Override
  public ExampleStream train(long seed, long firstExample) throws DataException {
    return new TrainingStream(shards, decoder, bounds, content.broken(), seed, firstExample);
  }

  @Override
  public ExampleStream evaluation(long count) throws DataException {
    shards.requireForEvaluation(count);
    return new EvaluationStream(shards, decoder, content.broken(), count);
  }

  @Override
  public OptionalLong size() throws DataException {
    return OptionalLong.of(shards.count());
  }

  /**
   * Covers what latents and text features mean, the shards' names and sizes and, up to 256 MiB in
   * all, every byte. Of larger sets it covers three windows of each shard (start, middle, end),
   * which tells data sets apart but proves nothing of the bytes between. Where they lie does not
   * matter.
   */
  @Override
  public String digest() throws DataException {
    return new ShardDigest(shards.field(), shards.shards()).of(content.meaning());
  }
}
