package dev.isoflop.operator.local.store;

import dev.isoflop.common.DurableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Replaces a file of a run as a whole: a reader finds the old content or the new one. */
final class RunFile {
  private static final FileAttribute<?> OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private RunFile() {}

  /** Replaces a file, also against a power cut. */
  static void write(Path file, byte[] content) throws LocalFaultException {
    replace(file, content, /* durable= */ true);
  }

  /** Replaces a file that means nothing after a power cut, such as one about a process. */
  static void writeForNow(Path file, byte[] content) throws LocalFaultException {
    replace(file, content, /* durable= */ false);
  }

  /** Replaces a file that only its owner may read, also against a power cut. */
  static void writePrivate(Path file, byte[] content) throws LocalFaultException {
    replace(file, content, /* durable= */ true, OWNER);
  }

  /** Replaces a private file that means nothing after a power cut. */
  static void writePrivateForNow(Path file, byte[] content) throws LocalFaultException {
    replace(file, content, /* durable= */ false, OWNER);
  }

  private static void replace(
      Path file, byte[] content, boolean durable, FileAttribute<?>... attributes)
      throws LocalFaultException {
    try {
      DurableFile.write(file, content, durable, attributes);
    } catch (IOException e) {
      throw LocalFaultException.writing(file, e);
    }
  }
}
