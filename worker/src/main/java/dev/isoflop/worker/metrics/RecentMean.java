package dev.isoflop.worker.metrics;

/** The mean of the last values, {@link #LENGTH} at most. */
final class RecentMean {
  static final int LENGTH = 50;

  private final double[] values = new double[LENGTH];
  private int count;

  void add(double value) {
    values[count++ % LENGTH] = value;
  }

  /** NaN before the first value. */
  double mean() {
    int kept = Math.min(count, LENGTH);
    double sum = 0;
    for (int i = 0; i < kept; i++) {
      sum += values[i];
    }
    return sum / kept;
  }
}
