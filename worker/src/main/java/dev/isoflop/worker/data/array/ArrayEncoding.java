package dev.isoflop.worker.data.array;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The encoding {@code ndarray} of MosaicML Streaming: {@code ndarray:float16:4,32,32} has its type
 * and shape in the name and only numbers in the bytes; without the shape, or without both, the
 * bytes begin with them.
 *
 * @param type empty if each value says it
 * @param shape empty if each value says it
 */
public record ArrayEncoding(Optional<NumberType> type, Optional<List<Long>> shape) {
  /** How all its names begin. */
  public static final String NAME = "ndarray";

  private static final int MOST_SIDES = 32;

  private static final Map<Integer, NumberType> TYPES =
      Map.ofEntries(
          Map.entry(8, NumberType.UInt8),
          Map.entry(9, NumberType.Int8),
          Map.entry(16, NumberType.UInt16),
          Map.entry(17, NumberType.Int16),
          Map.entry(18, NumberType.Float16),
          Map.entry(32, NumberType.UInt32),
          Map.entry(33, NumberType.Int32),
          Map.entry(34, NumberType.Float32),
          Map.entry(64, NumberType.UInt64),
          Map.entry(65, NumberType.Int64),
          Map.entry(66, NumberType.Float64));

  public ArrayEncoding {
    shape = shape.map(List::copyOf);
  }

  /** The encoding of a name, or empty if it is none. */
  public static Optional<ArrayEncoding> of(String name) {
    String[] parts = name.split(":", -1);
    if (!parts[0].equals(NAME) || parts.length > 3) {
      return Optional.empty();
    }
    Optional<NumberType> type = parts.length > 1 ? NumberType.labelled(parts[1]) : Optional.empty();
    if (parts.length > 1 && type.isEmpty()) {
      return Optional.empty();
    }
    if (parts.length < 3) {
      return Optional.of(new ArrayEncoding(type, Optional.empty()));
    }
    if (!parts[2].matches("\\d{1,9}(,\\d{1,9}){0,%d}".formatted(MOST_SIDES - 1))) {
      return Optional.empty();
    }
    List<Long> shape = Arrays.stream(parts[2].split(",")).map(Long::parseLong).toList();
    return Optional.of(new ArrayEncoding(type, Optional.of(shape)));
  }

  /** Its name. */
  public String name() {
    String text = NAME + type.map(known -> ":" + known.label()).orElse("");
    return shape
        .map(sides -> text + ":" + String.join(",", sides.stream().map(String::valueOf).toList()))
        .orElse(text);
  }

  /** Bytes of every value, if type and shape are both in the name. */
  public OptionalLong fixedBytes() {
    if (type.isEmpty() || shape.isEmpty()) {
      return OptionalLong.empty();
    }
    long bytes = type.get().bytes();
    for (long side : shape.get()) {
      if (side > 0 && bytes > Long.MAX_VALUE / side) {
        return OptionalLong.of(Long.MAX_VALUE);
      }
      bytes *= side;
    }
    return OptionalLong.of(bytes);
  }

  /**
   * The array of a value.
   *
   * @param where the value, for errors
   * @throws DataException if the bytes are not what the encoding says
   */
  public StoredArray read(byte[] content, String where) throws DataException {
    ByteBuffer head = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    NumberType kind = type.isPresent() ? type.get() : readType(head, where);
    List<Long> sides = shape.isPresent() ? shape.get() : readShape(head, where);
    return StoredArray.of(kind, sides, content, head.position(), where);
  }

  private static NumberType readType(ByteBuffer head, String where) throws DataException {
    NumberType found = head.hasRemaining() ? TYPES.get(head.get() & 0xff) : null;
    if (found == null) {
      throw corrupt(where, "is cut off, or of a type that is not known");
    }
    return found;
  }

  /** A byte holds the number of sides and, in its two lower bits, how wide they are written. */
  private static List<Long> readShape(ByteBuffer head, String where) throws DataException {
    int code = head.hasRemaining() ? head.get() & 0xff : 0;
    int sides = code >> 2;
    int wide = 1 << (code & 3);
    if (sides == 0 || sides > MOST_SIDES || head.remaining() < sides * wide) {
      throw corrupt(where, "has no readable shape");
    }
    List<Long> shape = new ArrayList<>(sides);
    for (int i = 0; i < sides; i++) {
      shape.add(
          switch (wide) {
            case 1 -> head.get() & 0xffL;
            case 2 -> head.getShort() & 0xffffL;
            case 4 -> head.getInt() & 0xffffffffL;
            default -> head.getLong();
          });
    }
    return shape;
  }

  private static DataException corrupt(String where, String problem) {
    return new DataException(Kind.Corrupt, where, problem, "write the shard again");
  }
}
