package dev.isoflop.common;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;

/** Replaces a file so that, whenever the machine stops, either the old or the new one is there. */
public final class DurableFile {
  private static final String UNFINISHED = ".unfinished";

  private DurableFile() {}

  /** Writes bytes as a whole file, which is on the disk when this returns. */
  public static void write(Path file, byte[] bytes) throws IOException {
    write(file, bytes, /* durable= */ true);
  }

  /**
   * Writes bytes as a whole file, through no symbolic link.
   *
   * @param file in a folder that is there
   * @param durable whether it is on the disk when this returns; a file that means nothing after a
   *     power cut, such as one about a process, need not wait for the disk
   * @param attributes of the file, such as who may read it
   */
  public static void write(Path file, byte[] bytes, boolean durable, FileAttribute<?>... attributes)
      throws IOException {
    Path absolute = file.toAbsolutePath();
    try (HeldFolder folder = HeldFolder.open(absolute.resolveSibling("."))) {
      folder.replace(
          String.valueOf(absolute.getFileName()),
          UNFINISHED,
          durable,
          channel -> HeldFolder.writeAll(channel, ByteBuffer.wrap(bytes)),
          attributes);
    }
  }
}
