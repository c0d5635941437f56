package dev.isoflop.worker.evaluate;

/** Mean and standard error of independent values. */
final class SampleMean {
  private SampleMean() {}

  /** The measurement; one value tells no standard error. */
  static Measurement of(double[] values) {
    int n = values.length;
    double mean = 0;
    for (double value : values) {
      mean += value / n;
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double standardError = n == 1 ? Double.NaN : Math.sqrt(squares / (n - 1) / n);
    return new Measurement(mean, standardError, n);
  }
}
