package dev.isoflop.operator.report.words;

import dev.isoflop.laws.stats.Interval;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.report.plot.Numerals;

/**
 * Format of the values of a quantity, alone and as the ends of an interval.
 *
 * @param digits that its values usually get
 */
public record QuantityFormat(int digits, NumberFormat.Writer writer) {

  public static final QuantityFormat COUNT = new QuantityFormat(3, Numerals::count);
  public static final QuantityFormat LOSS = new QuantityFormat(4, Numerals::significant);

  public static QuantityFormat significant(int digits) {
    return new QuantityFormat(digits, Numerals::significant);
  }

  public static QuantityFormat decimals(int decimals) {
    return new QuantityFormat(decimals, Numerals::decimal);
  }

  public String of(double value) {
    return writer.write(value, digits);
  }

  /** This format, with more digits if the ends of an interval would be written alike. */
  public QuantityFormat apart(Interval interval) {
    return new QuantityFormat(
        NumberFormat.digitsApart(interval.low(), interval.high(), digits, writer), writer);
  }

  private boolean alike(Interval interval) {
    return of(interval.low()).equals(of(interval.high()));
  }

  /**
   * {@code [2.19M, 2.52M]}, with the digits that tell its ends apart; {@code [2.19M ± 0]} where no
   * digit does.
   */
  public String interval(Interval interval) {
    QuantityFormat format = apart(interval);
    return format.alike(interval)
        ? "[" + of(interval.low()) + "\u00a0\u00b1\u00a00]"
        : "[" + format.of(interval.low()) + ",\u00a0" + format.of(interval.high()) + "]";
  }
}
