package dev.isoflop.worker.diffusion;

/**
 * Evaluation times: a logit-normal distribution cut into as many equally likely strata as there are
 * examples, one time in each, dealt to the examples in an order that has nothing to do with theirs.
 *
 * <p>All trials draw the same times for the same examples (common random numbers), so that the
 * differences between models are not drowned by the differences between times.
 */
public final class LogitNormalTimes {
  private final double location;
  private final double scale;
  private final int[] strata;
  private final RunSeed seed;

  /**
   * Times of {@code examples} examples.
   *
   * @param location mean of logit(t)
   * @param scale standard deviation of logit(t)
   */
  public LogitNormalTimes(double location, double scale, int examples, RunSeed seed) {
    this.location = location;
    this.scale = scale;
    this.seed = seed;
    strata = permutation(examples, seed);
  }

  /** Fisher and Yates, each exchange drawn from its own seed. */
  private static int[] permutation(int size, RunSeed seed) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int other =
          (int) Long.remainderUnsigned(seed.derive(RandomPurpose.EVALUATION_STRATA, i), i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }

  /** The stratum of an example: 0 holds the times nearest to the data. */
  public int stratum(int example) {
    return strata[example];
  }

  /** The time of an example, in (0, 1). */
  public double time(int example) {
    long bits = seed.derive(RandomPurpose.EVALUATION_TIMES, example) >>> 10;
    double within = (bits + 0.5) * 0x1p-53;
    double probability = (strata[example] + within) / strata.length;
    return 1 / (1 + StrictMath.exp(-(location + scale * NormalQuantile.of(probability))));
  }
}
