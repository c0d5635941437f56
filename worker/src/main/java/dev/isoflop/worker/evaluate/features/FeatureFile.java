package dev.isoflop.worker.evaluate.features;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.isoflop.common.HeldFolder;
import dev.isoflop.common.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * Features on disk, so that memory stays flat: rows of little-endian FP32, after them D and N as
 * 32-bit numbers, and the SHA-256 of all that. It is held open, so that what is read is what was
 * checked.
 */
public final class FeatureFile implements FeatureRows, AutoCloseable {
  private static final int DIGEST = 32;
  private static final int END = 2 * Integer.BYTES + DIGEST;
  private static final int PART = 1 << 20;

  private final FileChannel channel;
  private final int count;
  private final int dimensions;

  private FeatureFile(FileChannel channel, int count, int dimensions) {
    this.channel = channel;
    this.count = count;
    this.dimensions = dimensions;
  }

  /**
   * Opens a file and checks all of its bytes.
   *
   * @throws IOException if it is missing or not whole
   */
  public static FeatureFile open(Path path) throws IOException {
    return find(path).orElseThrow(() -> new IOException(path + " is not a whole file of features"));
  }

  /**
   * Opens a file and checks all of its bytes; empty if it is not there, or is not what was written.
   */
  public static Optional<FeatureFile> find(Path path) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    Optional<FeatureFile> whole = Optional.empty();
    try {
      whole = whole(channel);
      return whole;
    } finally {
      if (whole.isEmpty()) {
        channel.close();
      }
    }
  }

  private static Optional<FeatureFile> whole(FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < END) {
      return Optional.empty();
    }
    ByteBuffer end = little(END);
    read(channel, end, size - END);
    int dimensions = end.getInt();
    int count = end.getInt();
    byte[] digest = new byte[DIGEST];
    end.get(digest);
    boolean fits =
        dimensions > 0 && count > 0 && size - END == (long) dimensions * count * Float.BYTES;
    return fits && Arrays.equals(digest, digest(channel, size - DIGEST))
        ? Optional.of(new FeatureFile(channel, count, dimensions))
        : Optional.empty();
  }

  private static byte[] digest(FileChannel channel, long length) throws IOException {
    MessageDigest digest = Sha256.start();
    ByteBuffer part = ByteBuffer.allocate(PART);
    for (long at = 0; at < length; at += PART) {
      part.clear().limit((int) Math.min(PART, length - at));
      read(channel, part, at);
      digest.update(part);
    }
    return digest.digest();
  }

  /** Writes rows as they come. */
  public static final class Writer implements AutoCloseable {
    private final FileChannel channel;
    private final MessageDigest digest = Sha256.start();
    private int count;
    private int dimensions;

    /** Replaces the file. */
    public Writer(Path path) throws IOException {
      Files.deleteIfExists(path); // which may be a link to another file
      channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Adds {@code [B, D]} FP32 features. */
    public void add(PtNDArray features) throws IOException {
      int width = Math.toIntExact(features.getShape().get(1));
      if (count > 0 && width != dimensions) {
        throw new IllegalArgumentException(width + " features after " + dimensions);
      }
      float[] values = features.toFloatArray();
      ByteBuffer bytes = little(Math.multiplyExact(values.length, Float.BYTES));
      bytes.asFloatBuffer().put(values);
      write(bytes);
      dimensions = width;
      count += values.length / width;
    }

    /** Ends the file and forces it to the disk. */
    public void finish() throws IOException {
      write(little(2 * Integer.BYTES).putInt(dimensions).putInt(count).flip());
      write(ByteBuffer.wrap(digest.digest()));
      channel.force(true);
    }

    private void write(ByteBuffer bytes) throws IOException {
      digest.update(bytes.duplicate());
      HeldFolder.writeAll(channel, bytes);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int dimensions() {
    return dimensions;
  }

  @Override
  public PtNDArray read(PtNDManager manager, int from, int to) throws IOException {
    int row = Math.multiplyExact(dimensions, Float.BYTES);
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(Math.multiplyExact(to - from, row))
            .order(ByteOrder.LITTLE_ENDIAN);
    read(channel, bytes, (long) from * row);
    return manager.create(bytes, new Shape(to - from, dimensions), DataType.FLOAT32);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static void read(FileChannel channel, ByteBuffer bytes, long from) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw new EOFException("the file was cut off while it was read");
      }
    }
    bytes.flip();
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
