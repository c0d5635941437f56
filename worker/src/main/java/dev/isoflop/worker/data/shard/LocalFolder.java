package dev.isoflop.worker.data.shard;

import dev.isoflop.worker.data.DataException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder on a file system. */
record LocalFolder(Path path) implements ShardFolder {
  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public Shard file(String basename, String where) throws DataException {
    return new LocalShard(path.resolve(ShardFolder.requireSafe(basename, where)));
  }

  @Override
  public boolean mayHave(String basename) {
    return SAFE_NAME.matcher(basename).matches() && Files.isRegularFile(path.resolve(basename));
  }

  @Override
  public String toString() {
    return name();
  }
}
