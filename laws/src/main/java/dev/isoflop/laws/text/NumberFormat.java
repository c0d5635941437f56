package dev.isoflop.laws.text;

import dev.isoflop.laws.stats.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Format of all numbers: in messages, on the terminal, on pages, in LaTeX and in names, the same in
 * every locale. Pages only set them in type.
 */
public final class NumberFormat {
  private static final String[] SUFFIXES = {"", "K", "M", "B", "T"};

  /** Significant digits of budgets and counts. */
  private static final int COUNT_DIGITS = 3;

  /** Significant digits of losses and exponents in messages. */
  private static final int DIGITS = 4;

  /** Digits that a double can justify. */
  private static final int MOST_DIGITS = 15;

  private static final int MOST_DECIMALS = 6;

  /** The shortest number that is written with an exponent has this exponent, or one below -3. */
  private static final int LONG = 5;

  private NumberFormat() {}

  /** Writes a number with so many digits. */
  public interface Writer {
    String write(double value, int digits);
  }

  /** FLOPs to three digits: {@code 1e17}, {@code 3.16e18}; below a thousand {@code 12.5}. */
  public static String flops(double value) {
    boolean plain = !Double.isFinite(value) || value == 0 || (value >= 1 && value < 1e3);
    return plain ? count(value) : scientific(rounded(value, COUNT_DIGITS));
  }

  /** Every digit that identifies the double: {@code 1e17}, {@code 3.141592e11}. */
  public static String exact(double value) {
    return scientific(new BigDecimal(Double.toString(value)));
  }

  /** A number that somebody chose, with the digits that they gave: {@code 0.008}, {@code 1e-8}. */
  public static String given(double value) {
    if (!Double.isFinite(value) || value == 0) {
      return significant(value, 1);
    }
    BigDecimal digits = BigDecimal.valueOf(value).stripTrailingZeros();
    return plain(digits, LONG) ? digits.toPlainString() : scientific(digits);
  }

  /** Counts to three digits: {@code 950}, {@code 3.1M}, {@code 261B}. */
  public static String count(double value) {
    return count(value, COUNT_DIGITS);
  }

  /** A count with at most so many digits. */
  public static String count(double value, int digits) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    BigDecimal rounded = rounded(value, digits);
    int thousands = Math.max(0, exponent(rounded)) / 3;
    return thousands < SUFFIXES.length
        ? rounded.movePointLeft(3 * thousands).stripTrailingZeros().toPlainString()
            + SUFFIXES[thousands]
        : scientific(rounded);
  }

  /** A setting as a manifest takes it, three digits at most: {@code 7.5}, {@code 23000}. */
  public static String setting(double value) {
    return rounded(value, COUNT_DIGITS).stripTrailingZeros().toPlainString();
  }

  /** A whole number in full: {@code 12,345}. */
  public static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** {@code 1 trial}, {@code 4,096 trials}. */
  public static String several(long count, String noun) {
    return whole(count) + " " + noun + (count == 1 ? "" : "s");
  }

  /** Losses and exponents in messages: four significant digits. */
  public static String number(double value) {
    return significant(value, DIGITS);
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
    int exponent = exponent(rounded);
    return plain(rounded, Math.max(digits, LONG))
        ? rounded
            .setScale(Math.max(0, digits - 1 - exponent), RoundingMode.HALF_EVEN)
            .toPlainString()
        : rounded.movePointLeft(exponent).setScale(digits - 1, RoundingMode.HALF_EVEN)
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
   * the number itself, but six decimals at most.
   */
  public static int decimals(double value, double width) {
    int byWidth = width > 0 && Double.isFinite(width) ? 1 - exponent(rounded(width, 2)) : 0;
    int byValue = value == 0 || !Double.isFinite(value) ? 3 : 2 - exponent(rounded(value, 2));
    return Math.max(0, Math.min(MOST_DECIMALS, Math.max(byWidth, byValue)));
  }

  /** An interval of losses or exponents in a message. */
  public static String interval(Interval interval) {
    return interval(interval.low(), interval.high(), DIGITS, NumberFormat::significant);
  }

  /**
   * An interval with the digits that tell its ends apart: {@code [0.8188, 0.8284]}, {@code [11.02,
   * 11.04]}.
   *
   * @param digits that its ends get if they do not read alike
   */
  public static String interval(double low, double high, int digits, Writer writer) {
    int enough = digitsApart(low, high, digits, writer);
    return "[" + writer.write(low, enough) + ", " + writer.write(high, enough) + "]";
  }

  /** Digits, at least so many, that tell the ends of an interval apart; so many where none do. */
  public static int digitsApart(double low, double high, int digits, Writer writer) {
    int enough = digits;
    while (writer.write(low, enough).equals(writer.write(high, enough))) {
      if (enough++ == MOST_DIGITS) {
        return digits;
      }
    }
    return enough;
  }

  /** Ascending budgets by their ends: {@code 1e17 to 6e18}. */
  public static String range(List<Double> budgets) {
    return flops(budgets.get(0)) + " to " + flops(budgets.get(budgets.size() - 1));
  }

  /** The two largest units: {@code 45s}, {@code 2m 10s}, {@code 1h 05m}, {@code 3d 04h}. */
  public static String duration(Duration duration) {
    long seconds = Math.max(0, duration.plusMillis(500).toSeconds());
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return units("%dm %02ds", seconds / 60, seconds % 60);
    }
    long minutes = (seconds + 30) / 60;
    return minutes < 1440
        ? units("%dh %02dm", minutes / 60, minutes % 60)
        : units("%dd %02dh", minutes / 1440, minutes % 1440 / 60);
  }

  private static String units(String format, long large, long small) {
    return String.format(Locale.ROOT, format, large, small);
  }

  /** A measured time in seconds; one below ten seconds with two digits: {@code 4.2s}. */
  public static String duration(double seconds) {
    return seconds >= 9.95 && Double.isFinite(seconds)
        ? duration(Duration.ofMillis(Math.round(1e3 * seconds)))
        : significant(seconds, 2) + "s";
  }

  private static String scientific(BigDecimal value) {
    int exponent = exponent(value);
    return value.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
  }

  private static boolean plain(BigDecimal value, int longest) {
    return exponent(value) >= -3 && exponent(value) < longest;
  }

  /** The exponent of the first digit. */
  private static int exponent(BigDecimal value) {
    return value.precision() - value.scale() - 1;
  }

  private static BigDecimal rounded(double value, int digits) {
    return new BigDecimal(value).round(new MathContext(digits));
  }
}
