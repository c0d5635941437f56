package dev.isoflop.worker.data.webdataset;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.remote.Caches;
import dev.isoflop.worker.data.shard.decode.ExampleContent;
import dev.isoflop.worker.data.shard.locate.ShardLocator;
import dev.isoflop.worker.data.shard.stream.ShardDataset;
import java.nio.file.Path;

/** Tar shards of a folder as a data set of images. */
public final class Tars {
  private Tars() {}

  public static ShardDataset open(Path folder, String uri, ImageShape shape) throws DataException {
    ShardLocator locator = new ShardLocator("data.train.uri", folder, Caches.none());
    return WebDataset.open("tars", uri, "data.train.uri", locator, ExampleContent.images(shape));
  }
}
