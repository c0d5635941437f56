package dev.isoflop.worker.checkpoint;

import dev.isoflop.worker.files.HeldFolder;
import java.io.IOException;
import java.nio.file.Path;

/** Replaces a file so that, whenever the machine stops, either the old or the new one is there. */
public final class DurableFile {
  private static final String UNFINISHED = ".unfinished";

  private DurableFile() {}

  /**
   * Writes bytes as a whole file, through no symbolic link.
   *
   * @param file in a folder that is there
   */
  public static void write(Path file, byte[] bytes) throws IOException {
    Path absolute = file.toAbsolutePath();
    try (HeldFolder folder = HeldFolder.open(absolute.resolveSibling("."))) {
      folder.replace(
          String.valueOf(absolute.getFileName()), UNFINISHED, /* durable= */ true, bytes);
    }
  }
}
