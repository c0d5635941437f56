package dev.isoflop.worker.data.npy;

import dev.isoflop.worker.data.shard.LocalShard;
import dev.isoflop.worker.data.shard.Shard;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files below a folder. */
record FolderStore(Path root) implements FileStore {
  @Override
  public String name() {
    return root.toString();
  }

  @Override
  public byte[] read(String file, int bound) throws IOException {
    Path path = root.resolve(file);
    long size = Files.size(path);
    if (size > bound) {
      throw new TooLargeException(size, bound);
    }
    try (InputStream input = Files.newInputStream(path)) {
      return input.readNBytes(bound);
    }
  }

  @Override
  public long size(String file) throws IOException {
    return Files.size(root.resolve(file));
  }

  @Override
  public List<String> folders(String parent) throws IOException {
    Path folder = root.resolve(parent);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(Files::isDirectory)
          .map(child -> String.valueOf(child.getFileName()))
          .sorted()
          .toList();
    }
  }

  @Override
  public List<Shard> digested(List<String> files) {
    return files.stream().<Shard>map(file -> new LocalShard(root.resolve(file))).toList();
  }
}
