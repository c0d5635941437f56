package dev.isoflop.worker.data.webdataset;

import static java.util.Objects.requireNonNull;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.ImageShape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Captioned images from tar shards.
 *
 * <p>Entering the training stream at example {@code n} reads the headers of one epoch to count it
 * and those of the current epoch up to {@code n}; entering at 0 reads nothing ahead.
 */
public final class WebDataset implements Dataset {
  private final String name;
  private final ImageShape imageShape;
  private final ShardSet shards;
  private final SampleDecoder decoder;
  private final BlockReader.Bounds bounds;

  private WebDataset(
      String name, ImageShape imageShape, ShardSet shards, BlockReader.Bounds bounds) {
    this.name = requireNonNull(name, "name");
    this.imageShape = requireNonNull(imageShape, "imageShape");
    this.shards = shards;
    this.bounds = bounds;
    decoder =
        new SampleDecoder(imageShape, Limits.DEFAULT, new ExampleCache(ExampleCache.DEFAULT_BOUND));
  }

  /**
   * Finds the shards of a data set; their content is first looked at when a stream is opened.
   *
   * @param uri paths or {@code file:} URIs with brace ranges, globs and commas
   * @param field the setting that {@code uri} comes from, named in errors
   * @param directory what relative paths start from
   * @throws DataException if the text names no shards, or some that are not there
   */
  public static WebDataset open(
      String name, String uri, String field, Path directory, ImageShape imageShape)
      throws DataException {
    return open(name, uri, field, directory, imageShape, BlockReader.Bounds.DEFAULT);
  }

  static WebDataset open(
      String name,
      String uri,
      String field,
      Path directory,
      ImageShape imageShape,
      BlockReader.Bounds bounds)
      throws DataException {
    List<Path> located = new ShardLocator(field, directory).locate(uri);
    return new WebDataset(name, imageShape, new ShardSet(field, located, Limits.DEFAULT), bounds);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ImageShape imageShape() {
    return imageShape;
  }

  /** A shard that both sets read, under whatever names, if there is one. */
  public Optional<Path> sharedWith(WebDataset other) throws DataException {
    Set<Path> mine = Set.copyOf(shards.realPaths());
    return other.shards.realPaths().stream().filter(mine::contains).findFirst();
  }

  @Override
  public ExampleStream train(long seed, long firstExample) throws DataException {
    return new TrainingStream(shards, decoder, bounds, seed, firstExample);
  }

  @Override
  public ExampleStream evaluation(long count) throws DataException {
    shards.requireForEvaluation(count);
    return new EvaluationStream(shards.chain(shards.shards()), decoder, count);
  }

  @Override
  public OptionalLong size() throws DataException {
    return OptionalLong.of(shards.count());
  }

  /**
   * Covers the shards' names, sizes and, up to 256 MiB in all, every byte. Of larger sets it covers
   * three windows of each shard (start, middle, end), which tells data sets apart but proves
   * nothing of the bytes between. The folder they lie in does not matter.
   */
  @Override
  public String digest() throws DataException {
    return shards.digest();
  }
}
