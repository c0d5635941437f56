package dev.isoflop.worker.evaluate.features;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.io.IOException;

/**
 * Fréchet distance between the Gaussians with the mean and covariance of two sets of features
 * (Heusel et al. 2017, "GANs trained by a two time-scale update rule", eq. 6): {@code |m1 - m2|^2 +
 * Tr(S1 + S2 - 2 sqrt(S1 S2))}.
 *
 * <p>All in FP64, from sums that hold D x D numbers however many rows there are. The root is taken
 * of the symmetric {@code R S2 R}, {@code R = sqrt(S1)}: no complex part to drop, no constant to
 * add to the diagonals. Eigenvalues below D rounding errors of the largest count as zero, so that
 * covariances of fewer rows than dimensions come out right.
 *
 * <p>The value of finite sets is too high, by an amount that falls as 1/N and is small only for N
 * well above D; the standard error does not contain it. Values of equal N are comparable.
 *
 * <p>The standard error is that of the delta method (Efron and Tibshirani, An Introduction to the
 * Bootstrap, ch. 21: the influence function). A row x of set k moves the distance by {@code 2 (mk -
 * ml) (x - mk) + (x - mk)' (I - T) (x - mk)} over N, to first order, with T the map that carries
 * Gaussian k onto the other, since the gradient of {@code 2 Tr sqrt(S1 S2)} by Sk is T. Row i of
 * both sets belongs to one caption, so the two influences of a pair are added before their variance
 * is taken. It says little where the distributions agree, as there the first order vanishes.
 */
public final class FrechetDistance {
  private static final int ROWS_AT_ONCE = 512;

  private final FeatureMath math;
  private final int ddof;

  /**
   * A distance whose covariances divide by N - ddof.
   *
   * @param ddof 1 as pytorch-fid and most others do, or 0 as NVIDIA's code does
   */
  public FrechetDistance(FeatureMath math, int ddof) {
    if (ddof != 0 && ddof != 1) {
      throw new IllegalArgumentException("ddof must be 0 or 1, not " + ddof);
    }
    this.math = math;
    this.ddof = ddof;
  }

  /**
   * The distance of two sets of at least two rows each.
   *
   * @param real rows of real pictures
   * @param generated rows of samples; where there are as many as real ones, row i is of the same
   *     caption
   */
  public Distance between(FeatureRows real, FeatureRows generated) throws IOException {
    requireComparable(real, generated);
    try (PtNDManager manager = math.newManager()) {
      FeatureMath.Moments first = moments(manager, real);
      FeatureMath.Moments second = moments(manager, generated);
      FeatureMath.Frechet result = math.frechet(manager, first, second);
      double[] pulls = pulls(real, first.mean(), result.realLessGenerated(), result.realForm());
      double[] others =
          pulls(generated, second.mean(), result.generatedLessReal(), result.generatedForm());
      return new Distance(result.distance(), standardError(pulls, others));
    }
  }

  private static void requireComparable(FeatureRows real, FeatureRows generated) {
    if (real.dimensions() != generated.dimensions()) {
      throw new IllegalArgumentException(
          "sets of %d and of %d features cannot be compared"
              .formatted(real.dimensions(), generated.dimensions()));
    }
    if (real.count() < 2 || generated.count() < 2) {
      throw new IllegalArgumentException(
          "a covariance takes 2 rows, not %d and %d".formatted(real.count(), generated.count()));
    }
  }

  private FeatureMath.Moments moments(PtNDManager manager, FeatureRows rows) throws IOException {
    FeatureMath.Sums sums = null;
    for (int from = 0; from < rows.count(); from += ROWS_AT_ONCE) {
      int to = Math.min(rows.count(), from + ROWS_AT_ONCE);
      try (PtNDArray part = rows.read(manager, from, to)) {
        sums = sums == null ? math.startSums(manager, part) : sums;
        math.add(sums, part);
      }
    }
    if (sums == null) {
      throw new IllegalStateException("no rows");
    }
    return math.moments(manager, sums, rows.count(), rows.count() - ddof);
  }

  private double[] pulls(FeatureRows rows, PtNDArray mean, PtNDArray apart, PtNDArray form)
      throws IOException {
    double[] pulls = new double[rows.count()];
    try (PtNDManager manager = math.newManager()) {
      for (int from = 0; from < pulls.length; from += ROWS_AT_ONCE) {
        int to = Math.min(pulls.length, from + ROWS_AT_ONCE);
        try (PtNDArray part = rows.read(manager, from, to)) {
          double[] some = math.pulls(part, mean, apart, form);
          System.arraycopy(some, 0, pulls, from, some.length);
        }
      }
    }
    return pulls;
  }

  private static double standardError(double[] real, double[] generated) {
    if (real.length != generated.length) {
      return Math.sqrt(meanVariance(real) + meanVariance(generated));
    }
    double[] pairs = new double[real.length];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = real[i] + generated[i];
    }
    return Math.sqrt(meanVariance(pairs));
  }

  /** Variance of the mean. */
  private static double meanVariance(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return squares / (values.length - 1.0) / values.length;
  }
}
