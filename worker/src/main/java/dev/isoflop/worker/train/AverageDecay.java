package dev.isoflop.worker.train;

/**
 * Decay of the moving average of the weights at each step.
 *
 * @param limit the decay that later steps use
 */
public record AverageDecay(double limit) {
  /** Early steps forget faster, so that short runs don't average in their random start. */
  public double at(long step) {
    return Math.min(limit, (1.0 + step) / (10.0 + step));
  }
}
