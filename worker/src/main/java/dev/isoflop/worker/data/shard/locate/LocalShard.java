package dev.isoflop.worker.data.shard.locate;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A shard on a file system. */
public record LocalShard(Path path) implements Shard {
  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public String fileName() {
    return String.valueOf(path.getFileName());
  }

  /** The path with all links resolved. */
  @Override
  public String identity(String field) throws DataException {
    try {
      return path.toRealPath().toString();
    } catch (IOException e) {
      throw unreadable(field, e);
    }
  }

  @Override
  public Optional<Path> local() {
    return Optional.of(path);
  }

  @Override
  public void probe(String field) throws DataException {
    try (FileChannel channel = open(field)) {
      channel.size();
    } catch (IOException e) {
      throw unreadable(field, e);
    }
  }

  @Override
  public FileChannel open(String field) throws DataException {
    try {
      return FileChannel.open(path, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw new DataException(
          Kind.Missing,
          field,
          "shard " + path + " is gone",
          "put it back; shards must stay as they are while a sweep runs",
          e);
    } catch (IOException e) {
      throw unreadable(field, e);
    }
  }
}
