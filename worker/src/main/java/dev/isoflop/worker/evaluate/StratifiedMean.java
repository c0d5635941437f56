package dev.isoflop.worker.evaluate;

/**
 * Mean and standard error of a sample with one observation in each of n equally likely strata.
 *
 * <p>The usual formula would count the differences between strata, which stratification removes.
 * The method of collapsed strata takes each two neighbouring strata as one (Cochran, Sampling
 * Techniques, 3rd ed., sec. 5A.12): the variance of the mean is the sum of (y_2k - y_2k+1)^2 over
 * n^2. It errs on the safe side by what the two strata of a pair differ in their means.
 */
final class StratifiedMean {
  private StratifiedMean() {}

  /**
   * The measurement.
   *
   * @param byStratum one value for each stratum, in their order; at least 1
   */
  static Measurement of(double[] byStratum) {
    int n = byStratum.length;
    double sum = 0;
    for (double value : byStratum) {
      sum += value;
    }
    double squares = 0;
    for (int i = 0; i + 1 < n; i += 2) {
      double difference = byStratum[i] - byStratum[i + 1];
      squares += difference * difference;
    }
    if (n % 2 == 1 && n > 1) { // the odd one out pairs with its neighbour, at half weight
      double difference = byStratum[n - 1] - byStratum[n - 2];
      squares += difference * difference / 2;
    }
    double standardError = n == 1 ? Double.NaN : Math.sqrt(squares) / n;
    return new Measurement(sum / n, standardError, n);
  }
}
