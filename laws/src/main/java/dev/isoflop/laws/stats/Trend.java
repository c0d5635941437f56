package dev.isoflop.laws.stats;

/** What an interval says about how a gap changes with compute. */
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
