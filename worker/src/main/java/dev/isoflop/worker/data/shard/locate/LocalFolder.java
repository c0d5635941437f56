package dev.isoflop.worker.data.shard.locate;

import dev.isoflop.worker.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

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

  /** None where the folder cannot be listed: it is only for advice. */
  @Override
  public List<String> foldersHolding(String basename) {
    try (Stream<Path> children = Files.list(path)) {
      return children
          .filter(child -> Files.isRegularFile(child.resolve(basename)))
          .map(child -> child.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  @Override
  public boolean mayHave(String basename) {
    return ShardFolder.isSafe(basename) && Files.isRegularFile(path.resolve(basename));
  }

  @Override
  public String toString() {
    return name();
  }
}
