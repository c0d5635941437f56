package dev.isoflop.worker.evaluate.features;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Features on disk, so that memory stays flat: rows of little-endian FP32, and after them D and N
 * as 32-bit numbers. A file that is cut off anywhere has no such end.
 */
public final class FeatureFile implements FeatureRows {
  private static final int END = 2 * Integer.BYTES;

  private final Path path;
  private final int count;
  private final int dimensions;

  private FeatureFile(Path path, int count, int dimensions) {
    this.path = path;
    this.count = count;
    this.dimensions = dimensions;
  }

  /**
   * Opens a file.
   *
   * @throws IOException if it is missing or not whole
   */
  public static FeatureFile open(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer end = little(END);
      if (channel.size() >= END) {
        read(channel, end, channel.size() - END);
        int dimensions = end.getInt();
        int count = end.getInt();
        if (dimensions > 0
            && count > 0
            && channel.size() - END == (long) dimensions * count * Float.BYTES) {
          return new FeatureFile(path, count, dimensions);
        }
      }
      throw new IOException(path + " is not a whole file of features");
    }
  }

  /** Writes rows as they come. */
  public static final class Writer implements AutoCloseable {
    private final FileChannel channel;
    private int count;
    private int dimensions;

    /** Replaces the file. */
    public Writer(Path path) throws IOException {
      channel =
          FileChannel.open(
              path,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
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
      write(little(END).putInt(dimensions).putInt(count).flip());
      channel.force(true);
    }

    private void write(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
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
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      read(channel, bytes, (long) from * row);
    }
    return manager.create(bytes, new Shape(to - from, dimensions), DataType.FLOAT32);
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
