package dev.isoflop.operator.report.plot;

import java.util.ArrayList;
import java.util.List;

/** Ticks at multiples of 1, 2 or 5 times a power of ten. */
final class NiceSteps {

  private static final int[] MULTIPLES = {5, 2, 1};

  private NiceSteps() {}

  /** Ticks between two values: at most so many, unless it takes more to have two. */
  static List<Tick> between(double low, double high, int labels) {
    int exponent = (int) Math.ceil(StrictMath.log10(high - low)) + 1;
    List<Tick> chosen = List.of();
    while (true) {
      for (int multiple : MULTIPLES) {
        List<Tick> ticks = ticks(low, high, multiple, exponent);
        if (ticks.size() > labels && chosen.size() >= 2) {
          return chosen;
        }
        chosen = ticks;
      }
      exponent--;
    }
  }

  private static List<Tick> ticks(double low, double high, int multiple, int exponent) {
    double step = multiple * StrictMath.pow(10, exponent);
    int decimals = Math.max(0, -exponent);
    boolean plain = decimals <= 6 && Math.max(Math.abs(low), Math.abs(high)) < 1e5;
    List<Tick> ticks = new ArrayList<>();
    long last = (long) Math.floor(high / step + 1e-9);
    for (long i = (long) Math.ceil(low / step - 1e-9); i <= last; i++) {
      double value = i * step;
      ticks.add(
          Tick.major(
              value,
              plain ? RichText.of(Numerals.decimal(value, decimals)) : Numerals.given(value)));
    }
    return ticks;
  }
}
