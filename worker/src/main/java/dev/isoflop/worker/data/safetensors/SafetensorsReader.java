package dev.isoflop.worker.data.safetensors;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.shard.locate.Shard;
import dev.isoflop.worker.data.shard.read.SamplePlace;
import dev.isoflop.worker.data.shard.read.SampleReader;
import dev.isoflop.worker.data.shard.read.StoredFile;
import dev.isoflop.worker.data.shard.read.StoredSample;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;

/** Reads the rows of one file from first to last. */
final class SafetensorsReader implements SampleReader {
  private final String field;
  private final Shard shard;
  private final int index;
  private final FileChannel channel;
  private final TensorChoice used;
  private long next;

  SafetensorsReader(String field, Shard shard, int index, FileChannel channel, TensorChoice used) {
    this.field = field;
    this.shard = shard;
    this.index = index;
    this.channel = channel;
    this.used = used;
  }

  @Override
  public Optional<StoredSample> next(Mode mode) throws DataException {
    if (next == used.input().rows()) {
      return Optional.empty();
    }
    long row = next++;
    StoredFile input = part(used.input(), row, mode);
    Optional<StoredFile> caption = Optional.empty();
    if (used.caption().isPresent()) {
      caption = Optional.of(part(used.caption().get(), row, mode));
    }
    Optional<StoredFile> text = Optional.empty();
    if (used.text().isPresent()) {
      text = Optional.of(part(used.text().get(), row, mode));
    }
    SamplePlace place = new SamplePlace(shard.where(field), index, row);
    return Optional.of(new StoredSample(place, Long.toString(row), input, caption, text));
  }

  private StoredFile part(Tensor tensor, long row, Mode mode) throws DataException {
    String name = "row %d of tensor %s".formatted(row, tensor.name());
    int bytes = (int) tensor.rowBytes();
    if (mode == Mode.SKIM) {
      return StoredFile.skipped(name, tensor.rowEncoding(), bytes);
    }
    try {
      long at = tensor.start() + row * tensor.rowBytes();
      return StoredFile.read(
          name, tensor.rowEncoding(), SafetensorsHeader.read(channel, at, bytes).array());
    } catch (IOException e) {
      throw new DataException(
          Kind.Unreadable,
          shard.where(field) + ", " + name,
          "cannot be read (" + e + ")",
          "check the disk or mount; shards must stay as they are while a sweep runs",
          e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It was only read from, so nothing is lost.
    }
  }
}
