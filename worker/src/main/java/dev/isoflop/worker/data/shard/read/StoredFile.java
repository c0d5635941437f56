package dev.isoflop.worker.data.shard.read;

import static java.util.Objects.requireNonNull;

/**
 * A part of a sample, such as a file in a tar or a column of a row: what is said of it, and its
 * content unless that was skipped.
 */
public final class StoredFile {
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

  /**
   * A part that was read.
   *
   * @param name what errors call it
   * @param extension what its bytes are
   */
  public static StoredFile read(String name, String extension, byte[] content) {
    return new StoredFile(name, extension, content.length, content);
  }

  /** A part whose content was passed over; its length must be that it would be read with. */
  public static StoredFile skipped(String name, String extension, int length) {
    return new StoredFile(name, extension, length, SKIPPED);
  }

  /** Its name inside the shard: a label, never used as a path. */
  public String name() {
    return name;
  }

  /** What its bytes are, told by its name: a file extension, or a column's encoding. */
  public String extension() {
    return extension;
  }

  /** Bytes of its content, read or not. */
  public int length() {
    return length;
  }

  /** The bytes; not to be changed. */
  public byte[] content() {
    if (content.length != length) {
      throw new IllegalStateException(name + " was skipped, not read");
    }
    return content;
  }
}
