package dev.isoflop.worker.diffusion;

/**
 * Uniform numbers for evaluation: (0, 1) cut into as many equal strata as there are examples, one
 * number in each, dealt to the examples in an order that has nothing to do with theirs.
 *
 * <p>All trials draw the same numbers for the same examples (common random numbers), so that the
 * differences between models are not drowned by the differences between what they are asked.
 */
public final class StratifiedUniform {
  private final int[] strata;
  private final RunSeed seed;
  private final RandomPurpose points;

  /**
   * Numbers of {@code examples} examples.
   *
   * @param dealing purpose of the order in which strata are dealt
   * @param points purpose of the places within the strata
   */
  public StratifiedUniform(
      int examples, RunSeed seed, RandomPurpose dealing, RandomPurpose points) {
    this.seed = seed;
    this.points = points;
    strata = permutation(examples, seed, dealing);
  }

  /** Fisher and Yates, each exchange drawn from its own seed. */
  private static int[] permutation(int size, RunSeed seed, RandomPurpose dealing) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int other = (int) Long.remainderUnsigned(seed.derive(dealing, i), i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }

  /** The stratum of an example: 0 holds the smallest numbers. */
  public int stratum(int example) {
    return strata[example];
  }

  /** The number of an example, in (0, 1). */
  public double value(int example) {
    long bits = seed.derive(points, example) >>> 10;
    double within = (bits + 0.5) * 0x1p-53;
    return (strata[example] + within) / strata.length;
  }

  /** The examples' values, put in the order of their strata. */
  public double[] byStratum(double[] byExample) {
    double[] sorted = new double[byExample.length];
    for (int i = 0; i < sorted.length; i++) {
      sorted[strata[i]] = byExample[i];
    }
    return sorted;
  }
}
