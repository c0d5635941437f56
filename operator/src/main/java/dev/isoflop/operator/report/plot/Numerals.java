package dev.isoflop.operator.report.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as a paper prints them, the same in every locale: true minus signs, powers of ten. */
public final class Numerals {

  private static final String MINUS = "\u2212";

  /** Numbers of more digits before or after the point are written with an exponent. */
  private static final int LONGEST = 6;

  private Numerals() {}

  /** Rounded to significant digits: {@code 0.0273}, {@code 958}, {@code 1.2e-12}. */
  public static String significant(double value, int digits) {
    if (!Double.isFinite(value)) {
      return nonFinite(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits));
    if (rounded.signum() == 0) {
      return "0";
    }
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent > LONGEST || exponent < -LONGEST) {
      return signed(rounded.scaleByPowerOfTen(-exponent).stripTrailingZeros()) + "e" + exponent;
    }
    return signed(rounded.setScale(Math.max(0, digits - 1 - exponent), RoundingMode.HALF_EVEN));
  }

  /** Rounded to decimals: {@code 0.553}. */
  public static String decimal(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return nonFinite(value);
    }
    return signed(new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN));
  }

  /** Decimals that show an interval of this width to two digits; from 2 to 6. */
  public static int decimalsFor(double width) {
    if (!Double.isFinite(width) || width <= 0) {
      return 4;
    }
    int wanted = (int) Math.ceil(-StrictMath.log10(width)) + 1;
    return Math.min(6, Math.max(2, wanted));
  }

  /** A whole number, from 10,000 on with thin spaces between thousands: {@code 12 345}. */
  public static String whole(double value) {
    if (!Double.isFinite(value)) {
      return nonFinite(value);
    }
    String digits = new BigDecimal(value).setScale(0, RoundingMode.HALF_EVEN).abs().toPlainString();
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < digits.length(); i++) {
      if (digits.length() > 4 && i > 0 && (digits.length() - i) % 3 == 0) {
        out.append('\u202f');
      }
      out.append(digits.charAt(i));
    }
    return (value < 0 && !digits.equals("0") ? MINUS : "") + out;
  }

  /** {@code 10^17}, {@code 3.16 x 10^18}; plain between 0.001 and 10,000. */
  public static RichText scientific(double value, int digits) {
    if (!Double.isFinite(value)) {
      return RichText.of(nonFinite(value));
    }
    if (value == 0 || (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e4)) {
      return RichText.of(significant(value, digits));
    }
    return power(value, digits);
  }

  /** As {@link #scientific}, always with a power of ten. */
  public static RichText power(double value, int digits) {
    if (!Double.isFinite(value) || value == 0) {
      return RichText.of(value == 0 ? "0" : nonFinite(value));
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits));
    int exponent = rounded.precision() - rounded.scale() - 1;
    BigDecimal mantissa = rounded.scaleByPowerOfTen(-exponent).stripTrailingZeros();
    String raised = (exponent < 0 ? MINUS : "") + Math.abs(exponent);
    RichText ten = RichText.of("10").superscript(raised);
    return mantissa.compareTo(BigDecimal.ONE) == 0
        ? ten
        : RichText.of(signed(mantissa) + "\u00d7").then(ten);
  }

  /** A number that somebody chose, with the digits that they gave: {@code 0.008}. */
  public static RichText given(double value) {
    if (!Double.isFinite(value) || value == 0) {
      return scientific(value, 1);
    }
    BigDecimal digits = BigDecimal.valueOf(value).stripTrailingZeros();
    return Math.abs(value) >= 1e-3 && Math.abs(value) < 1e4
        ? RichText.of(signed(digits))
        : power(value, digits.precision());
  }

  /** Counts as people say them: {@code 950}, {@code 4.09 M}, {@code 260 B}. */
  public static String count(double value) {
    return count(value, 3);
  }

  /** The same with so many significant digits. */
  public static String count(double value, int digits) {
    if (!Double.isFinite(value)) {
      return nonFinite(value);
    }
    double[] units = {1e12, 1e9, 1e6, 1e3};
    String[] names = {"T", "B", "M", "k"};
    double rounded = new BigDecimal(value).round(new MathContext(digits)).doubleValue();
    if (Math.abs(rounded) >= 1e15) {
      return power(value, digits).plain();
    }
    for (int i = 0; i < units.length; i++) {
      if (Math.abs(rounded) >= units[i]) {
        return significant(value / units[i], digits) + "\u00a0" + names[i];
      }
    }
    return Math.rint(value) == value ? whole(value) : significant(value, digits);
  }

  private static String signed(BigDecimal value) {
    String magnitude = value.abs().toPlainString();
    return value.signum() < 0 ? MINUS + magnitude : magnitude;
  }

  private static String nonFinite(double value) {
    return Double.isNaN(value) ? "NaN" : (value < 0 ? MINUS : "") + "\u221e";
  }
}
