package dev.isoflop.worker.data.array;

/** IEEE 754 binary16, which Java has no type for before version 20. */
final class HalfFloat {
  private static final int MANTISSA_BITS = 10;
  private static final int EXPONENT_BIAS = 15;
  private static final float SUBNORMAL_UNIT = 0x1p-24f;

  private HalfFloat() {}

  /** The value of 16 bits; exact, for every half is a float. */
  static float toFloat(short bits) {
    int exponent = (bits >> MANTISSA_BITS) & 0x1f;
    int mantissa = bits & 0x3ff;
    int sign = (bits & 0x8000) << 16;
    if (exponent == 0) {
      float value = mantissa * SUBNORMAL_UNIT;
      return sign == 0 ? value : -value;
    }
    int wide = exponent == 0x1f ? 0xff : exponent - EXPONENT_BIAS + 127;
    return Float.intBitsToFloat(sign | (wide << 23) | (mantissa << (23 - MANTISSA_BITS)));
  }
}
