package dev.isoflop.laws.text;

import dev.isoflop.laws.stats.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/** Writes numbers for messages as the field does, the same in every locale. */
public final class NumberFormat {

  private static final int DIGITS = 4;

  /** Digits that a double can justify. */
  private static final int MOST_DIGITS = 15;

  private NumberFormat() {}

  /** Budgets: {@code 1e17}, {@code 3.16e18}; three digits at most. */
  public static String flops(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return Double.toString(value);
    }
    BigDecimal rounded = rounded(value);
    int exponent = rounded.precision() - rounded.scale() - 1;
    return rounded.scaleByPowerOfTen(-exponent).stripTrailingZeros().toPlainString()
        + "e"
        + exponent;
  }

  /** Counts: {@code 950}, {@code 3.1M}, {@code 958M}, {@code 2.61e11} as {@code 261B}. */
  public static String count(double value) {
    if (value < 1e3 || value >= 1e15 || !Double.isFinite(value)) {
      return value < 1e3 ? rounded(value).toPlainString() : flops(value);
    }
    double[] scales = {1e12, 1e9, 1e6, 1e3};
    String[] suffixes = {"T", "B", "M", "K"};
    for (int i = 0; i < scales.length; i++) {
      if (rounded(value).doubleValue() >= scales[i]) {
        return rounded(value / scales[i]).toPlainString() + suffixes[i];
      }
    }
    return rounded(value).toPlainString();
  }

  /** Exponents and losses: four significant digits. */
  public static String number(double value) {
    return number(value, DIGITS);
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "g", value);
  }

  /** A rough estimate: two significant digits, without an exponent. */
  public static String rough(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(new MathContext(2)).toPlainString()
        : Double.toString(value);
  }

  /** An interval, with as many digits as tell its ends apart. */
  public static String interval(Interval interval) {
    int digits = DIGITS;
    while (digits < MOST_DIGITS
        && interval.low() != interval.high()
        && number(interval.low(), digits).equals(number(interval.high(), digits))) {
      digits++;
    }
    return "[" + number(interval.low(), digits) + ", " + number(interval.high(), digits) + "]";
  }

  /** Ascending budgets by their ends: {@code 1e17 to 6e18}. */
  public static String range(List<Double> budgets) {
    return flops(budgets.get(0)) + " to " + flops(budgets.get(budgets.size() - 1));
  }

  private static BigDecimal rounded(double value) {
    BigDecimal digits = new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros();
    return digits.scale() < 0 ? digits.setScale(0) : digits;
  }
}
