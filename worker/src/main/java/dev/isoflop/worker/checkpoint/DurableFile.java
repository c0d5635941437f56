package dev.isoflop.worker.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Replaces a file so that, whenever the machine stops, either the old or the new one is there. */
public final class DurableFile {
  private DurableFile() {}

  /** Writes a whole file and forces it to the disk. */
  @FunctionalInterface
  public interface Content {
    void writeTo(Path file) throws IOException;
  }

  /**
   * Has the content written beside {@code file} and then renamed.
   *
   * @param suffix of the file's name while it is written; a leftover of that name is overwritten
   */
  public static void write(Path file, String suffix, Content content) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + suffix);
    try {
      content.writeTo(unfinished);
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      force(folder); // the rename itself must survive, too
    }
  }

  /** Writes bytes as a whole file. */
  public static void write(Path file, byte[] bytes) throws IOException {
    write(
        file,
        ".unfinished",
        target -> {
          Files.write(target, bytes);
          force(target);
        });
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
