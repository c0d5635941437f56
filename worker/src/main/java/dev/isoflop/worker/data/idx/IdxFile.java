package dev.isoflop.worker.data.idx;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The entries of an IDX file. A plain file is read where it lies, entry by entry; a compressed one
 * can't be entered in the middle and is unpacked into memory, within a bound. Safe for use by
 * threads.
 */
final class IdxFile {
  /** Most bytes unpacked into memory: five times those of Fashion-MNIST's training set. */
  static final long MAXIMUM_UNPACKED = 256L << 20;

  private static final int BLOCK = 1 << 20;

  private final Path path;
  private final IdxHeader header;
  private final int itemsPerBlock;
  private final @Nullable List<byte[]> blocks;

  private IdxFile(Path path, IdxHeader header, @Nullable List<byte[]> blocks) {
    this.path = path;
    this.header = header;
    this.blocks = blocks;
    itemsPerBlock = itemsPerBlock(header);
  }

  /**
   * Opens a file and checks that it is whole.
   *
   * @throws IOException saying what is wrong with it
   */
  static IdxFile open(Path path, int dimensions) throws IOException {
    try (InputStream input = open(path)) {
      IdxHeader header = IdxHeader.read(input, dimensions);
      if (!(input instanceof GZIPInputStream)) {
        long expected = header.length() + header.bytes();
        if (Files.size(path) != expected) {
          throw new IOException(
              "it has %d bytes instead of the %d that its header tells"
                  .formatted(Files.size(path), expected));
        }
        return new IdxFile(path, header, null);
      }
      if (header.bytes() > MAXIMUM_UNPACKED) {
        throw new IOException(
            "it unpacks to %d bytes, over the bound of %d; unpack it (gunzip) and name the plain file"
                .formatted(header.bytes(), MAXIMUM_UNPACKED));
      }
      return new IdxFile(path, header, unpack(input, header));
    }
  }

  /** The content, told by its first bytes: names lie. */
  private static InputStream open(Path path) throws IOException {
    BufferedInputStream input = new BufferedInputStream(Files.newInputStream(path));
    try {
      input.mark(2);
      boolean compressed = input.read() == 0x1f && input.read() == 0x8b;
      input.reset();
      return compressed ? new GZIPInputStream(input, 1 << 16) : input;
    } catch (IOException e) {
      input.close();
      throw e;
    }
  }

  /** Memory is taken block by block as bytes arrive, not because a header promises them. */
  private static List<byte[]> unpack(InputStream input, IdxHeader header) throws IOException {
    List<byte[]> blocks = new ArrayList<>();
    int perBlock = itemsPerBlock(header);
    for (long item = 0; item < header.items(); item += perBlock) {
      int size = (int) Math.min(perBlock, header.items() - item) * header.itemBytes();
      byte[] block = input.readNBytes(size);
      if (block.length < size) {
        throw new EOFException("it is cut off");
      }
      blocks.add(block);
    }
    if (input.read() >= 0) {
      throw new IOException("it goes on after the last entry that its header tells");
    }
    return blocks;
  }

  private static int itemsPerBlock(IdxHeader header) {
    return Math.max(1, BLOCK / header.itemBytes());
  }

  IdxHeader header() {
    return header;
  }

  /** The bytes of an entry. */
  byte[] read(int item) throws IOException {
    byte[] bytes = new byte[header.itemBytes()];
    if (blocks != null) {
      int from = item % itemsPerBlock * bytes.length;
      System.arraycopy(blocks.get(item / itemsPerBlock), from, bytes, 0, bytes.length);
      return bytes;
    }
    // Opened for each entry: a channel that is shared would be closed by an interrupted reader.
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      file.seek(header.length() + (long) item * bytes.length);
      file.readFully(bytes);
      return bytes;
    }
  }

  /** All entries at once. */
  byte[] readAll() throws IOException {
    try (InputStream input = open(path)) {
      IdxHeader.read(input, header.itemSizes().size() + 1);
      return input.readNBytes(Math.toIntExact(header.bytes()));
    }
  }

  /** Adds the unpacked content to a digest, so that compression does not change it. */
  void digest(MessageDigest digest) throws IOException {
    try (InputStream input = open(path);
        DigestOutputStream output =
            new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      input.transferTo(output);
    }
  }
}
