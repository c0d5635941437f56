package dev.isoflop.worker.data.npy;

import dev.isoflop.worker.data.shard.locate.LocalShard;
import dev.isoflop.worker.data.shard.locate.Shard;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
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
  public List<String> below(String parent, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve(parent), FileVisitOption.FOLLOW_LINKS)) {
      return files
          .filter(file -> file.toString().endsWith(suffix) && Files.isRegularFile(file))
          .map(file -> root.relativize(file).toString().replace(File.separatorChar, '/'))
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public List<Shard> digested(List<String> files) {
    return files.stream().<Shard>map(file -> new LocalShard(root.resolve(file))).toList();
  }
}
