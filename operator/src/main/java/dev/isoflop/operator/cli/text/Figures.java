package dev.isoflop.operator.cli.text;

import dev.isoflop.operator.plan.Notation;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;

/** Numbers as people read them in a terminal, the same in every locale. */
public final class Figures {
  private static final int MOST_DECIMALS = 6;

  /** Digits that a double can justify. */
  private static final int MOST_DIGITS = 15;

  private Figures() {}

  /** Budgets: {@code 1e17}, {@code 3.16e18}; below a thousand plainly, {@code 12.5}. */
  public static String flops(double value) {
    boolean plain = value == 0 || (value >= 1 && value < 1e3);
    return plain ? Notation.count(value) : Notation.flops(value);
  }

  /** Counts to three digits: {@code 950}, {@code 4.09M}, {@code 261B}. */
  public static String count(double value) {
    return Notation.count(value);
  }

  /** The same with so many digits at most. */
  public static String count(double value, int digits) {
    return Notation.count(value, digits);
  }

  /** Writes a number with so many digits. */
  public interface Writer {
    String write(double value, int digits);
  }

  /**
   * An interval with the digits that tell its ends apart: {@code [0.8188, 0.8284]}, {@code [11.02,
   * 11.04]}.
   *
   * @param digits that its ends get if they do not read alike
   */
  public static String interval(double low, double high, int digits, Writer writer) {
    int enough = digits;
    while (enough < MOST_DIGITS
        && low != high
        && writer.write(low, enough).equals(writer.write(high, enough))) {
      enough++;
    }
    return "[" + writer.write(low, enough) + ", " + writer.write(high, enough) + "]";
  }

  /** Whole numbers in full: {@code 12,345}. */
  public static String whole(long value) {
    String digits = Long.toString(Math.abs(value));
    StringBuilder out = new StringBuilder(value < 0 ? "-" : "");
    for (int i = 0; i < digits.length(); i++) {
      out.append(i > 0 && (digits.length() - i) % 3 == 0 ? "," : "").append(digits.charAt(i));
    }
    return out.toString();
  }

  /** Significant digits: {@code 0.0273}, {@code 2.394}, {@code 8.92e-4}, {@code 2.26e6}. */
  public static String significant(double value, int digits) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits));
    if (rounded.signum() == 0) {
      return "0";
    }
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -3 && exponent < Math.max(digits, 5)) {
      return rounded
          .setScale(Math.max(0, digits - 1 - exponent), RoundingMode.HALF_EVEN)
          .toPlainString();
    }
    return rounded
            .scaleByPowerOfTen(-exponent)
            .setScale(digits - 1, RoundingMode.HALF_EVEN)
            .toPlainString()
        + "e"
        + exponent;
  }

  /** A fixed number of decimals: {@code 0.568}. */
  public static String decimal(double value, int decimals) {
    return Double.isFinite(value)
        ? new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString()
        : Double.toString(value);
  }

  /**
   * Decimals for a number known within an interval: two digits of its width are shown, and three of
   * the number itself.
   */
  public static int decimals(double value, double width) {
    int byWidth = width > 0 && Double.isFinite(width) ? 1 - magnitude(width) : 0;
    int byValue = value == 0 || !Double.isFinite(value) ? 3 : 2 - magnitude(value);
    return Math.max(0, Math.min(MOST_DECIMALS, Math.max(byWidth, byValue)));
  }

  private static int magnitude(double value) {
    BigDecimal digits = new BigDecimal(Math.abs(value)).round(new MathContext(2));
    return digits.precision() - digits.scale() - 1;
  }

  /** The two largest units: {@code 45s}, {@code 2m 10s}, {@code 1h 05m}, {@code 3d 04h}. */
  public static String duration(Duration duration) {
    long seconds = Math.max(0, duration.plusMillis(500).toSeconds());
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return "%dm %02ds".formatted(seconds / 60, seconds % 60);
    }
    long minutes = (seconds + 30) / 60;
    return minutes < 1440
        ? "%dh %02dm".formatted(minutes / 60, minutes % 60)
        : "%dd %02dh".formatted(minutes / 1440, minutes % 1440 / 60);
  }

  /** {@code 1 trial}, {@code 3 trials}. */
  public static String several(long count, String noun) {
    return whole(count) + " " + noun + (count == 1 ? "" : "s");
  }
}
