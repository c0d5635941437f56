package dev.isoflop.laws.stats;

/** A closed interval; either end may be infinite where the data do not bound it. */
public record Interval(double low, double high) {

  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("low: " + low + " must not exceed high: " + high);
    }
  }

  public static Interval around(double centre, double halfWidth) {
    return new Interval(centre - halfWidth, centre + halfWidth);
  }

  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  public double width() {
    return high - low;
  }

  public boolean overlaps(Interval other) {
    return low <= other.high && other.low <= high;
  }

  /** Maps both ends by an increasing function, here from the logarithm to the quantity itself. */
  public Interval exponential() {
    return new Interval(StrictMath.exp(low), StrictMath.exp(high));
  }
}
