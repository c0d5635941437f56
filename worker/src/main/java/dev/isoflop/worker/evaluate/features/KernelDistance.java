package dev.isoflop.worker.evaluate.features;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.io.IOException;

/**
 * Squared maximum mean discrepancy of two sets of features under the kernel {@code (x'y / D + 1)^3}
 * (Bińkowski et al. 2018, "Demystifying MMD GANs"). Unbiased at any number of rows, so a small
 * distance may come out below zero.
 *
 * <p>Row i of both sets belongs to one caption, so the two rows depend on each other. The estimator
 * is therefore the U-statistic over pairs of rows (Gretton et al. 2012, "A kernel two-sample test",
 * eq. 4), which leaves out k(x_i, y_i) and stays unbiased.
 *
 * <p>It is the mean over {@link #blocks blocks} of consecutive rows (Zaremba et al. 2013,
 * "B-test"), which keeps memory flat; every row counts once. The blocks are independent, so the
 * scatter of their values gives the standard error.
 */
public final class KernelDistance {
  /** Rows of a block at most, as in the paper. */
  private static final int LARGEST_BLOCK = 1000;

  private static final int FEWEST_BLOCKS = 10;

  private final FeatureMath math;

  public KernelDistance(FeatureMath math) {
    this.math = math;
  }

  /** Blocks that {@code rows} rows are cut into: 10 or more, but of at least 2 rows each. */
  public static int blocks(int rows) {
    int needed = (rows + LARGEST_BLOCK - 1) / LARGEST_BLOCK;
    return Math.max(1, Math.min(rows / 2, Math.max(FEWEST_BLOCKS, needed)));
  }

  /** The distance of two sets of equally many rows, at least two. */
  public Distance between(FeatureRows real, FeatureRows generated) throws IOException {
    int rows = real.count();
    if (rows != generated.count() || rows < 2 || real.dimensions() != generated.dimensions()) {
      throw new IllegalArgumentException(
          "pairs of rows are needed, at least 2, not %d x %d and %d x %d"
              .formatted(rows, real.dimensions(), generated.count(), generated.dimensions()));
    }
    int blocks = blocks(rows);
    double[] values = new double[blocks];
    double[] weights = new double[blocks];
    double mean = 0;
    for (int block = 0; block < blocks; block++) {
      int from = (int) ((long) rows * block / blocks);
      int to = (int) ((long) rows * (block + 1) / blocks);
      values[block] = discrepancy(real, generated, from, to);
      weights[block] = (double) (to - from) / rows;
      mean += weights[block] * values[block];
    }
    return new Distance(mean, standardError(values, weights, mean));
  }

  private double discrepancy(FeatureRows real, FeatureRows generated, int from, int to)
      throws IOException {
    try (PtNDManager manager = math.newManager();
        PtNDArray x = real.read(manager, from, to);
        PtNDArray y = generated.read(manager, from, to)) {
      return math.discrepancy(x, y);
    }
  }

  /** Of a mean whose weights are all but equal: the blocks' sizes differ by one row at most. */
  private static double standardError(double[] values, double[] weights, double mean) {
    if (values.length == 1) {
      return Double.NaN;
    }
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      double term = weights[i] * (values[i] - mean);
      squares += term * term;
    }
    return Math.sqrt(squares * values.length / (values.length - 1));
  }
}
