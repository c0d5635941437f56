package dev.isoflop.laws.stats;

/**
 * The direction in which a gap between two sets changes with compute, as far as an interval tells.
 */
public enum Trend {
  GROWS,
  SHRINKS,
  /** The interval holds both: the points show no change, which is not proof of none. */
  NONE_SEEN;

  /**
   * The trend of a gap's size.
   *
   * @param gap its mean, of either sign
   * @param slope interval of its change with log compute
   */
  public static Trend ofGap(double gap, Interval slope) {
    if (slope.contains(0)) {
      return NONE_SEEN;
    }
    return slope.low() > 0 == gap > 0 ? GROWS : SHRINKS;
  }
}
