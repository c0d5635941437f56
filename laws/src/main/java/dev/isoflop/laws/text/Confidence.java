package dev.isoflop.laws.text;

import java.math.BigDecimal;
import java.math.MathContext;

/** Writes confidences. */
public final class Confidence {

  private static final MathContext DIGITS = new MathContext(3);

  private Confidence() {}

  /**
   * A confidence in percent: {@code 95 %}, {@code 98.33 %}, {@code 99.9999 %}. Digits count from
   * what is missing to certainty, so that it never reads as that.
   */
  public static String percent(double share) {
    BigDecimal missing = BigDecimal.valueOf(100 * (1 - share)).round(DIGITS);
    return BigDecimal.valueOf(100).subtract(missing).stripTrailingZeros().toPlainString() + " %";
  }
}
