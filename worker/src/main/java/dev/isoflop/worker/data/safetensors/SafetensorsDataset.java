package dev.isoflop.worker.data.safetensors;

import dev.isoflop.api.v1alpha1.data.ColumnsSpec;
import dev.isoflop.api.v1alpha1.data.DatasetSpec;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.shard.decode.ExampleContent;
import dev.isoflop.worker.data.shard.locate.Shard;
import dev.isoflop.worker.data.shard.locate.ShardLocator;
import dev.isoflop.worker.data.shard.read.SampleReader;
import dev.isoflop.worker.data.shard.read.ShardFormat;
import dev.isoflop.worker.data.shard.stream.ShardDataset;
import dev.isoflop.worker.data.shard.stream.ShardSet;
import java.io.IOException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** Files of latents as tensors. */
public final class SafetensorsDataset implements ShardFormat {
  private final @Nullable ColumnsSpec columns;
  private final boolean text;

  private SafetensorsDataset(@Nullable ColumnsSpec columns, boolean text) {
    this.columns = columns;
    this.text = text;
  }

  /**
   * Finds the files of a data set; their content is first looked at when a stream is opened.
   *
   * @param field the setting of the files, named in errors
   * @throws DataException if the text names no files
   */
  public static ShardDataset open(
      DatasetSpec spec, String field, ShardLocator locator, ExampleContent content)
      throws DataException {
    SafetensorsDataset format =
        new SafetensorsDataset(spec.columns(), content.textFeatures().isPresent());
    return new ShardDataset(
        spec.name(), content, new ShardSet(field, locator.locate(spec.uri()), format));
  }

  @Override
  public SampleReader open(String field, Shard shard, int index) throws DataException {
    FileChannel channel = shard.open(field);
    boolean done = false;
    try {
      TensorChoice used =
          TensorChoice.of(SafetensorsHeader.read(channel), columns, text, shard.where(field));
      done = true;
      return new SafetensorsReader(field, shard, index, channel, used);
    } catch (IOException e) {
      throw new DataException(
          Kind.Corrupt,
          shard.where(field),
          "is not a whole safetensors file (" + e.getMessage() + ")",
          "copy it again or write it again",
          e);
    } finally {
      if (!done) {
        closed(channel);
      }
    }
  }

  private static void closed(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It was only read from, so nothing is lost.
    }
  }

  @Override
  public String advice() {
    return "name files with a tensor latents and a tensor labels of at least one row";
  }
}
