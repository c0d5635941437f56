package dev.isoflop.worker.diffusion;

/**
 * Times at which the variational bound is sampled, and what an error at each of them counts.
 *
 * <p>Along x_t = (1 - t) x_0 + t noise the diffusion term of the bound (Kingma et al. 2021,
 * Variational Diffusion Models) is the integral of (1 - t) / t times the squared velocity error,
 * over t from {@link #FIRST} to 1, in nats: in terms of u = t / (1 - t), the noise beside the
 * signal, it is that of (1 - t)^2 |dv|^2 over log u. For unit-free data of deviation c the optimal
 * model's integrand falls as c^2 / (c^2 + u^2); times are drawn with just this density, so that its
 * samples are all equal. With c = 0.5, the usual deviation of pictures in -1 ... 1, those of a real
 * model differ little.
 */
public final class BoundTimes {
  /**
   * Start of the integral. There the noise beside the signal, u = 1/255, is half the distance of
   * two of the 256 levels in -1 ... 1: at less noise a model that does not know of levels only
   * loses, at more noise what is left to the reconstruction grows coarse.
   */
  public static final double FIRST = 1.0 / 256;

  /** The noise beside the signal at {@link #FIRST}. */
  public static final double FIRST_NOISE = FIRST / (1 - FIRST);

  /** c: the deviation of data whose integrand is sampled without variance. */
  static final double DEVIATION = 0.5;

  /** The integral of c^2 / (c^2 + u^2) over log u. */
  private static final double TOTAL =
      0.5 * StrictMath.log1p(DEVIATION * DEVIATION / (FIRST_NOISE * FIRST_NOISE));

  private final StratifiedUniform shares;

  /** Times of {@code examples} examples. */
  public BoundTimes(int examples, RunSeed seed) {
    shares =
        new StratifiedUniform(
            examples, seed, RandomPurpose.BOUND_STRATA, RandomPurpose.BOUND_TIMES);
  }

  /** The strata of the times: stratum 0 holds those nearest to the noise. */
  public StratifiedUniform strata() {
    return shares;
  }

  /** The time of an example, in (FIRST, 1). */
  public double time(int example) {
    double noise = DEVIATION / StrictMath.sqrt(StrictMath.expm1(2 * TOTAL * shares.value(example)));
    return noise / (1 + noise);
  }

  /** Weight of a mean squared velocity error at a time, in nats a dimension. */
  public static double weight(double time) {
    return TOTAL * ((1 - time) * (1 - time) + time * time / (DEVIATION * DEVIATION));
  }
}
