package dev.isoflop.operator.report.plot;

import dev.isoflop.laws.text.NumberFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sets the numbers of {@link NumberFormat} in type, as a paper prints them: true minus signs,
 * powers of ten.
 */
public final class Numerals {

  /**
   * Numbers with an exponent, as messages write them, such as {@code 1.28e11}; not within names.
   */
  private static final Pattern SCIENTIFIC =
      Pattern.compile("(?<![\\w.,@/-])[-\u2212]?\\d+(\\.\\d+)?e[-\u2212]?\\d+(?![\\w@/-])");

  private Numerals() {}

  /** A message with its numbers as a page sets them: {@code 10^17}, {@code 3.16 x 10^18}. */
  public static RichText rich(String message) {
    RichText text = RichText.EMPTY;
    Matcher number = SCIENTIFIC.matcher(message);
    int end = 0;
    while (number.find()) {
      text = text.text(message.substring(end, number.start())).then(number(number.group()));
      end = number.end();
    }
    return text.text(message.substring(end));
  }

  private static RichText number(String written) {
    int e = written.indexOf('e');
    if (e < 0) {
      return RichText.of(minus(written));
    }
    String mantissa = written.substring(0, e);
    RichText ten = RichText.of("10").superscript(minus(written.substring(e + 1)));
    return mantissa.equals("1") ? ten : RichText.of(minus(mantissa) + "\u00d7").then(ten);
  }

  /** Rounded to significant digits: {@code 0.0273}, {@code 958}, {@code 1.20 x 10^-12}. */
  public static RichText scientific(double value, int digits) {
    return number(NumberFormat.significant(value, digits));
  }

  /** The same for messages and titles: {@code 1.20e-12}. */
  public static String significant(double value, int digits) {
    return minus(NumberFormat.significant(value, digits));
  }

  /** FLOPs to three digits. */
  public static RichText flops(double value) {
    return number(NumberFormat.flops(value));
  }

  /** A number that somebody chose, with the digits that they gave. */
  public static RichText given(double value) {
    return number(NumberFormat.given(value));
  }

  /** Rounded to decimals: {@code 0.553}. */
  public static String decimal(double value, int decimals) {
    return minus(NumberFormat.decimal(value, decimals));
  }

  /** Counts to three digits: {@code 950}, {@code 4.09M}. */
  public static String count(double value) {
    return count(value, 3);
  }

  /** A count with at most so many digits. */
  public static String count(double value, int digits) {
    return minus(NumberFormat.count(value, digits));
  }

  private static String minus(String number) {
    return number.replace("Infinity", "\u221e").replace('-', '\u2212');
  }
}
