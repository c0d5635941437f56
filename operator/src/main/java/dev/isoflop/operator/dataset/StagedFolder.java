package dev.isoflop.operator.dataset;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder that appears under its name only when all of it is on disk. Until {@link #publish} it
 * has a temporary name beside the final one; closing it unpublished removes it.
 */
final class StagedFolder implements AutoCloseable {
  private final Path target;
  private final Path staging;
  private boolean published;

  StagedFolder(Path target) throws IOException {
    this.target = target.toAbsolutePath();
    Path parent = this.target.getParent();
    if (parent == null) {
      throw new IOException("'" + target + "' cannot be made as a folder");
    }
    Files.createDirectories(parent);
    // Not a "temporary directory": those are closed to all other users and pods.
    staging =
        Files.createDirectory(
            parent.resolve(this.target.getFileName() + ".unfinished-" + UUID.randomUUID()));
  }

  /** The folder to write to. */
  Path path() {
    return staging;
  }

  /** Forces every file to disk and gives the folder its name. */
  void publish() throws IOException {
    try (Stream<Path> files = Files.list(staging)) {
      for (Path file : files.toList()) {
        force(file);
      }
    }
    force(staging);
    Files.deleteIfExists(target); // an empty folder may be replaced; any other makes this fail
    Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
    published = true;
    force(target.resolveSibling("."));
  }

  /** Waits until a file's content, or a folder's list of names, is on disk. */
  static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Removes a folder with all that is in it. */
  static void delete(Path folder) throws IOException {
    List<Path> inside;
    try (Stream<Path> walk = Files.walk(folder)) {
      inside = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : inside) {
      Files.delete(path);
    }
  }

  @Override
  public void close() throws IOException {
    if (!published) {
      delete(staging);
    }
  }
}
