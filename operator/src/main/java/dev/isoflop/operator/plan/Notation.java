package dev.isoflop.operator.plan;

import dev.isoflop.model.TransformerShape;
import java.math.BigDecimal;
import java.math.MathContext;

/** Writes numbers for messages and names, the same in every locale. */
public final class Notation {
  private static final double[] SCALES = {1e12, 1e9, 1e6, 1e3};
  private static final String[] SUFFIXES = {"T", "B", "M", "K"};

  private static final int DIGITS = 3;

  private Notation() {}

  /** Three digits at most: {@code 1e17}, {@code 3.16e18}. */
  public static String flops(double value) {
    return Double.isFinite(value) && value > 0
        ? scientific(new BigDecimal(value).round(new MathContext(3)))
        : Double.toString(value);
  }

  /** Every digit that identifies the double: {@code 1e17}, {@code 3.141592e11}. */
  static String exact(double value) {
    return scientific(new BigDecimal(Double.toString(value)));
  }

  private static String scientific(BigDecimal value) {
    int exponent = value.precision() - value.scale() - 1;
    return value.scaleByPowerOfTen(-exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
  }

  /** {@code 950}, {@code 3.15M}, {@code 261B}. */
  public static String count(double value) {
    return count(value, DIGITS);
  }

  /** A count with at most so many digits. */
  public static String count(double value, int digits) {
    if (!Double.isFinite(value) || value >= 1e15) {
      return flops(value);
    }
    for (int i = 0; i < SCALES.length; i++) {
      if (rounded(value, digits).doubleValue() >= SCALES[i]) {
        return rounded(value / SCALES[i], digits).toPlainString() + SUFFIXES[i];
      }
    }
    return rounded(value, digits).toPlainString();
  }

  /** A setting as a manifest takes it, three digits at most: {@code 7.5}, {@code 23000}. */
  static String setting(double value) {
    return rounded(value, DIGITS).toPlainString();
  }

  /** {@code 4 layers x 256 (3.2M)}. */
  public static String shape(TransformerShape shape) {
    return "%s x %d (%s)"
        .formatted(layers(shape.layers()), shape.width(), count((double) shape.parameters()));
  }

  /** {@code 1 layer}, {@code 4 layers}. */
  static String layers(int layers) {
    return layers + (layers == 1 ? " layer" : " layers");
  }

  private static BigDecimal rounded(double value, int digits) {
    BigDecimal kept = new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
    return kept.scale() < 0 ? kept.setScale(0) : kept;
  }
}
