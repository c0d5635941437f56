package dev.isoflop.operator.local.store;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * Replaces a file so that a reader, also one after a power cut, finds either the old content or the
 * new one in full: a temporary name beside it, flushed to the disk, then renamed.
 */
final class DurableFile {
  private static final Set<PosixFilePermission> OWNER =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final FileAttribute<?>[] ANYONE = {};

  private DurableFile() {}

  /** Replaces a file, also against a power cut. */
  static void write(Path file, byte[] content) throws LocalFaultException {
    replace(file, content, true, Set.of());
  }

  /**
   * Replaces a file that means nothing after a power cut, such as one about a process: a reader
   * never sees half of it, but nothing waits for the disk.
   */
  static void writeForNow(Path file, byte[] content) throws LocalFaultException {
    replace(file, content, false, Set.of());
  }

  /** Replaces a file that only its owner may read, also against a power cut. */
  static void writePrivate(Path file, byte[] content) throws LocalFaultException {
    replace(file, content, true, OWNER);
  }

  /** Writes a private file that means nothing after a power cut. */
  static void writePrivateForNow(Path file, byte[] content) throws LocalFaultException {
    replace(file, content, false, OWNER);
  }

  private static void replace(
      Path file, byte[] content, boolean durable, Set<PosixFilePermission> only)
      throws LocalFaultException {
    try {
      Path folder = requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder");
      Path temporary = folder.resolve("." + file.getFileName() + ".new");
      Files.deleteIfExists(temporary);
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              only.isEmpty() ? ANYONE : new FileAttribute<?>[] {asFileAttribute(only)})) {
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
