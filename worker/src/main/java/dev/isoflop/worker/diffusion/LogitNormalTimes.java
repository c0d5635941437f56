package dev.isoflop.worker.diffusion;

/** Evaluation times from the logit-normal distribution that training draws from, stratified. */
public final class LogitNormalTimes {
  private final double location;
  private final double scale;
  private final StratifiedUniform probabilities;

  /**
   * Times of {@code examples} examples.
   *
   * @param location mean of logit(t)
   * @param scale standard deviation of logit(t)
   */
  public LogitNormalTimes(double location, double scale, int examples, RunSeed seed) {
    this.location = location;
    this.scale = scale;
    probabilities =
        new StratifiedUniform(
            examples, seed, RandomPurpose.EVALUATION_STRATA, RandomPurpose.EVALUATION_TIMES);
  }

  /** The strata of the times: stratum 0 holds those nearest to the data. */
  public StratifiedUniform strata() {
    return probabilities;
  }

  /** The time of an example, in (0, 1). */
  public double time(int example) {
    double quantile = NormalQuantile.of(probabilities.value(example));
    return 1 / (1 + StrictMath.exp(-(location + scale * quantile)));
  }
}
