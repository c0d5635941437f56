package dev.isoflop.operator.report.plot;

import java.util.ArrayList;
import java.util.List;

/** Equal distances for equal ratios; positive values only. */
public record LogScale(double low, double high) implements Scale {

  /** Below this many decades, powers of ten alone would leave the axis without labels. */
  private static final double FEW_DECADES = 0.7;

  /** Up to this many decades, 2 and 5 get a label too. */
  private static final double SOME_DECADES = 2.2;

  public LogScale {
    if (!(low > 0 && low < high) || !Double.isFinite(high)) {
      throw new IllegalArgumentException("no logarithmic axis from " + low + " to " + high);
    }
  }

  @Override
  public double fraction(double value) {
    return StrictMath.log(value / low) / StrictMath.log(high / low);
  }

  @Override
  public double value(double fraction) {
    return low * StrictMath.pow(high / low, fraction);
  }

  @Override
  public boolean shows(double value) {
    return value > 0 && Double.isFinite(value);
  }

  private double decades() {
    return StrictMath.log10(high / low);
  }

  @Override
  public List<Tick> ticks(int labels) {
    if (decades() >= FEW_DECADES) {
      boolean room = decades() <= SOME_DECADES && labels >= 3 * decades();
      int widest = room ? 0 : (int) Math.ceil(decades() / labels);
      for (int stride = widest; stride >= 0; stride--) {
        List<Tick> ticks = decadeTicks(stride);
        if (ticks.stream().filter(tick -> tick.label().isPresent()).count() >= 2) {
          return ticks;
        }
      }
    }
    return NiceSteps.between(low, high, labels);
  }

  /** Labels every so many decades; 0 labels 2 and 5 as well. */
  private List<Tick> decadeTicks(int stride) {
    int last = (int) Math.ceil(StrictMath.log10(high)) + 1;
    List<Tick> ticks = new ArrayList<>();
    for (int exponent = (int) Math.floor(StrictMath.log10(low)) - 1; exponent <= last; exponent++) {
      for (int mantissa = 1; mantissa <= 9; mantissa++) {
        double value = mantissa * StrictMath.pow(10, exponent);
        if (!covers(value)) {
          continue;
        }
        boolean labelled =
            mantissa == 1
                ? stride == 0 || Math.floorMod(exponent, stride) == 0
                : stride == 0 && (mantissa == 2 || mantissa == 5);
        if (labelled) {
          ticks.add(Tick.major(value, label(mantissa, exponent)));
        } else if (stride <= 1) {
          ticks.add(Tick.minor(value));
        }
      }
    }
    return ticks;
  }

  /** Plain where the whole axis reads well without powers of ten. */
  private RichText label(int mantissa, int exponent) {
    String number = mantissa + "e" + exponent;
    return low >= 1e-3 && high < 1e4
        ? Numerals.given(Double.parseDouble(number))
        : Numerals.rich(number);
  }
}
