package dev.isoflop.worker.data.array;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Numbers in row-major order as they were stored, with as many bytes as their shape asks for. */
public final class StoredArray {
  private final NumberType type;
  private final List<Long> shape;
  private final int length;
  private final ByteBuffer values;

  private StoredArray(NumberType type, List<Long> shape, int length, ByteBuffer values) {
    this.type = type;
    this.shape = shape;
    this.length = length;
    this.values = values;
  }

  /**
   * Numbers that lie in part of an array of bytes, to its end; not copied.
   *
   * @param where the file, for errors
   * @throws DataException if the bytes are not exactly those that the shape asks for
   */
  static StoredArray of(NumberType type, List<Long> shape, byte[] content, int offset, String where)
      throws DataException {
    long bytes = content.length - (long) offset;
    long most = bytes / type.bytes();
    long length = 1;
    for (long side : shape) {
      if (side < 0 || (side > 0 && length > most / side)) {
        throw wrong(type, shape, content.length - offset, where);
      }
      length *= side;
    }
    if (length * type.bytes() != content.length - offset) {
      throw wrong(type, shape, content.length - offset, where);
    }
    ByteBuffer values =
        ByteBuffer.wrap(content, offset, content.length - offset)
            .slice()
            .order(ByteOrder.LITTLE_ENDIAN);
    return new StoredArray(type, List.copyOf(shape), (int) length, values);
  }

  private static DataException wrong(NumberType type, List<Long> shape, int bytes, String where) {
    return new DataException(
        Kind.Corrupt,
        where,
        "holds %d bytes, which are not an array %s of %s".formatted(bytes, shape, type.label()),
        "write it again");
  }

  public NumberType type() {
    return type;
  }

  /** Sides, the slowest first. */
  public List<Long> shape() {
    return shape;
  }

  /** Numbers in all. */
  public int length() {
    return length;
  }

  /** The number at a place in row-major order. */
  public double get(int at) {
    return type.read(values, at * type.bytes());
  }

  @Override
  public String toString() {
    return shape + " of " + type.label();
  }
}
