package dev.isoflop.operator.report.plot;

import java.util.List;
import java.util.stream.DoubleStream;

/** Collects the values that an axis has to show, and makes its scale; ignores what it cannot. */
public final class Span {

  private final boolean logarithmic;
  private double low = Double.POSITIVE_INFINITY;
  private double high = Double.NEGATIVE_INFINITY;

  private Span(boolean logarithmic) {
    this.logarithmic = logarithmic;
  }

  public static Span linear() {
    return new Span(false);
  }

  public static Span logarithmic() {
    return new Span(true);
  }

  public Span include(double value) {
    if (Double.isFinite(value) && (!logarithmic || value > 0)) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return this;
  }

  public Span include(DoubleStream values) {
    values.forEach(this::include);
    return this;
  }

  /**
   * Makes room for further values where they do not take more of it than a share of what is there,
   * at either end; those beyond are cut off.
   *
   * @return whether all of them have room
   */
  public boolean stretch(List<Double> values, double share) {
    if (isEmpty()) {
      return false;
    }
    double extent = (logarithmic ? StrictMath.log(high / low) : high - low) * share;
    double least = logarithmic ? low / StrictMath.exp(extent) : low - extent;
    double most = logarithmic ? high * StrictMath.exp(extent) : high + extent;
    values.forEach(value -> include(Math.max(least, Math.min(most, value))));
    return values.stream().allMatch(value -> value >= least && value <= most);
  }

  public boolean isEmpty() {
    return low > high;
  }

  /** Whether a value lies within the collected ones, widened by a share of their extent. */
  public boolean near(double value, double share) {
    double margin = (high - low) * share;
    return value >= low - margin && value <= high + margin;
  }

  /**
   * The scale over the collected values with a margin on both sides; a span without extent is
   * widened so that its value stands in the middle, one without values shows 1 to 10.
   *
   * @param margin share of the extent
   */
  public Scale scale(double margin) {
    if (isEmpty()) {
      return logarithmic ? new LogScale(1, 10) : new LinearScale(0, 1);
    }
    return logarithmic ? logScale(margin) : linearScale(margin);
  }

  private Scale linearScale(double margin) {
    double extent = high - low;
    double least = 1e-9 * Math.max(Math.abs(low), Math.abs(high));
    double pad = extent > least ? extent * margin : Math.max(Math.abs(low) * 0.05, 1e-9);
    return new LinearScale(low - pad, high + pad);
  }

  private Scale logScale(double margin) {
    double ratio = high / low;
    double pad = ratio > 1 + 1e-9 ? StrictMath.pow(ratio, margin) : 1.5;
    return new LogScale(Math.max(low / pad, Double.MIN_NORMAL), Math.min(high * pad, 1e300));
  }
}
