package dev.isoflop.worker.data.array;

import java.nio.ByteBuffer;
import java.util.Optional;

/** A type of stored numbers, little-endian. */
public enum NumberType {
  Float16(2, "float16", "<f2"),
  BFloat16(2, "bfloat16", ""),
  Float32(4, "float32", "<f4"),
  Float64(8, "float64", "<f8"),
  Int8(1, "int8", "|i1"),
  Int16(2, "int16", "<i2"),
  Int32(4, "int32", "<i4"),
  Int64(8, "int64", "<i8"),
  UInt8(1, "uint8", "|u1"),
  UInt16(2, "uint16", "<u2"),
  UInt32(4, "uint32", "<u4"),
  UInt64(8, "uint64", "<u8"),
  Bool(1, "bool", "|b1");

  private final int bytes;
  private final String label;
  private final String npyCode;

  NumberType(int bytes, String label, String npyCode) {
    this.bytes = bytes;
    this.label = label;
    this.npyCode = npyCode;
  }

  /** Bytes of one number. */
  public int bytes() {
    return bytes;
  }

  /** NumPy's name of it. */
  public String label() {
    return label;
  }

  /** The type with NumPy's name, such as {@code float16}. */
  public static Optional<NumberType> labelled(String label) {
    for (NumberType type : values()) {
      if (type.label.equals(label)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The type with a npy header's code, such as {@code <f2}. */
  static Optional<NumberType> ofNpyCode(String code) {
    for (NumberType type : values()) {
      if (!type.npyCode.isEmpty() && type.npyCode.equals(code)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The number at a byte of a little-endian buffer. */
  double read(ByteBuffer buffer, int at) {
    return switch (this) {
      case Float16 -> HalfFloat.toFloat(buffer.getShort(at));
      case BFloat16 -> Float.intBitsToFloat(buffer.getShort(at) << 16);
      case Float32 -> buffer.getFloat(at);
      case Float64 -> buffer.getDouble(at);
      case Int8 -> buffer.get(at);
      case Int16 -> buffer.getShort(at);
      case Int32 -> buffer.getInt(at);
      case Int64 -> buffer.getLong(at);
      case UInt8, Bool -> buffer.get(at) & 0xff;
      case UInt16 -> buffer.getShort(at) & 0xffff;
      case UInt32 -> buffer.getInt(at) & 0xffffffffL;
      case UInt64 -> unsigned(buffer.getLong(at));
    };
  }

  private static double unsigned(long bits) {
    return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
  }
}
