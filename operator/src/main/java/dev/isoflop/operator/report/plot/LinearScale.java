package dev.isoflop.operator.report.plot;

import java.util.List;

/** Equal distances for equal differences. */
public record LinearScale(double low, double high) implements Scale {

  public LinearScale {
    if (!(low < high) || !Double.isFinite(low) || !Double.isFinite(high)) {
      throw new IllegalArgumentException("no axis from " + low + " to " + high);
    }
  }

  @Override
  public double fraction(double value) {
    return (value - low) / (high - low);
  }

  @Override
  public double value(double fraction) {
    return low + fraction * (high - low);
  }

  @Override
  public boolean shows(double value) {
    return Double.isFinite(value);
  }

  @Override
  public List<Tick> ticks(int labels) {
    return NiceSteps.between(low, high, labels);
  }
}
