package dev.isoflop.operator.local;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Replaces a file so that a reader, also one after a power cut, finds either the old content or the
 * new one in full: a temporary name beside it, flushed to the disk, then renamed.
 */
final class DurableFile {
  private DurableFile() {}

  /** Replaces a file, also against a power cut. */
  static void write(Path file, byte[] content) throws LocalFaultException {
    replace(file, content, true);
  }

  /**
   * Replaces a file that means nothing after a power cut, such as one about a process: a reader
   * never sees half of it, but nothing waits for the disk.
   */
  static void writeForNow(Path file, byte[] content) throws LocalFaultException {
    replace(file, content, false);
  }

  private static void replace(Path file, byte[] content, boolean durable)
      throws LocalFaultException {
    try {
      Path folder = requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder");
      Path temporary = folder.resolve("." + file.getFileName() + ".new");
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer remaining = ByteBuffer.wrap(content);
        while (remaining.hasRemaining()) {
          channel.write(remaining);
        }
        if (durable) {
          channel.force(true);
        }
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      if (durable) {
        flush(folder);
      }
    } catch (IOException e) {
      throw LocalFaultException.writing(file, e);
    }
  }

  /** Makes the renaming itself durable; POSIX lets a folder be flushed like a file. */
  private static void flush(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
