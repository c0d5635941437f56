package dev.isoflop.laws.options;

/** Treatment of a trial that lies too far from its curve to be noise. */
public enum OutlierTreatment {
  /** Counts like any other, and is named among the findings. */
  REPORT,
  /**
   * Robust fit: a trial counts the less the further it lies from its curve, and not at all beyond
   * 4.685 standard deviations (Tukey's bisquare).
   */
  DOWNWEIGHT
}
