package dev.isoflop.worker.data.webdataset;

import static java.util.Objects.requireNonNull;

/** A file inside a shard: what its header says, and its content unless that was skipped. */
final class StoredFile {
  private static final byte[] SKIPPED = new byte[0];

  private final String name;
  private final String extension;
  private final int length;
  private final byte[] content;

  private StoredFile(String name, String extension, int length, byte[] content) {
    this.name = requireNonNull(name, "name");
    this.extension = requireNonNull(extension, "extension");
    this.length = length;
    this.content = requireNonNull(content, "content");
  }

  static StoredFile read(String name, String extension, byte[] content) {
    return new StoredFile(name, extension, content.length, content);
  }

  static StoredFile skipped(String name, String extension, int length) {
    return new StoredFile(name, extension, length, SKIPPED);
  }

  /** Its name inside the shard: a label, never used as a path. */
  String name() {
    return name;
  }

  /** What follows the first dot of its base name, in lower case. */
  String extension() {
    return extension;
  }

  int length() {
    return length;
  }

  /** The bytes; not to be changed. */
  byte[] content() {
    if (content.length != length) {
      throw new IllegalStateException(name + " was skipped, not read");
    }
    return content;
  }
}
