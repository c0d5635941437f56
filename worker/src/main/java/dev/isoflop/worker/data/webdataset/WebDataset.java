package dev.isoflop.worker.data.webdataset;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.shard.decode.ExampleContent;
import dev.isoflop.worker.data.shard.decode.Limits;
import dev.isoflop.worker.data.shard.locate.Shard;
import dev.isoflop.worker.data.shard.locate.ShardLocator;
import dev.isoflop.worker.data.shard.read.SampleReader;
import dev.isoflop.worker.data.shard.read.ShardFormat;
import dev.isoflop.worker.data.shard.stream.ShardDataset;
import dev.isoflop.worker.data.shard.stream.ShardSet;

/** Tar shards of captioned images or latents. */
public final class WebDataset implements ShardFormat {
  private final ExampleContent content;
  private final DottedNames dotted;

  private WebDataset(ExampleContent content) {
    this.content = content;
    dotted = new DottedNames(content.notes());
  }

  /**
   * Finds the shards of a data set; their content is first looked at when a stream is opened.
   *
   * @param uri what a {@link ShardLocator} understands
   * @param field the setting that {@code uri} comes from, named in errors
   * @throws DataException if the text names no shards, or some that are not there
   */
  public static ShardDataset open(
      String name, String uri, String field, ShardLocator locator, ExampleContent content)
      throws DataException {
    ShardSet shards = new ShardSet(field, locator.locate(uri), new WebDataset(content));
    return new ShardDataset(name, content, shards);
  }

  @Override
  public SampleReader open(String field, Shard shard, int index) throws DataException {
    return new TarReader(field, shard, index, Limits.DEFAULT, SampleParts.of(content), dotted);
  }

  @Override
  public String advice() {
    String wanted =
        content.latents().isPresent()
            ? "name shards with key.latent.npy or key.npy beside key.txt, .json or .cls"
            : "name shards with key.png, .jpg or .webp beside key.txt, .json or .cls";
    return dotted.advice().map(left -> wanted + " (" + left + ")").orElse(wanted);
  }
}
