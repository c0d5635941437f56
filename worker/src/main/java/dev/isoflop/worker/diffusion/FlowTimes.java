package dev.isoflop.worker.diffusion;

/** The times between which a solver follows the flow. */
public final class FlowTimes {
  /**
   * Where steps from the data change from equal ones to equal ratios: near the data the velocity
   * changes over times as small as the finest variation of the data, which is that of a level.
   */
  private static final double FINEST = 1.0 / 256;

  private FlowTimes() {}

  /** Equal steps. */
  public static double[] equal(double from, double to, int steps) {
    double[] times = new double[steps + 1];
    for (int i = 0; i <= steps; i++) {
      times[i] = ((steps - i) * from + i * to) / steps;
    }
    return times;
  }

  /**
   * Times from 0 to 1 that lie densest near the data: t = f ((1 + 1/f)^s - 1) for equal steps of s,
   * so that dt is in proportion to t + f.
   */
  public static double[] fromData(int steps) {
    double[] times = equal(0, 1, steps);
    for (int i = 1; i < steps; i++) {
      times[i] = FINEST * StrictMath.expm1(times[i] * StrictMath.log1p(1 / FINEST));
    }
    return times;
  }
}
