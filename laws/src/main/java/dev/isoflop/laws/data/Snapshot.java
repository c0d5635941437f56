package dev.isoflop.laws.data;

/**
 * A training run on its way.
 *
 * @param tokens processed so far
 * @param flops spent so far
 * @param loss smoothed; the raw loss of a batch is so noisy that its lower envelope is that of the
 *     noise
 */
public record Snapshot(double tokens, double flops, double loss) {

  public Snapshot {
    if (!(tokens > 0 && flops > 0 && Double.isFinite(tokens) && Double.isFinite(flops))) {
      throw new IllegalArgumentException(
          "tokens: %s and flops: %s must be positive; leave out the start of training"
              .formatted(tokens, flops));
    }
    if (!(loss > 0 && Double.isFinite(loss))) {
      throw new IllegalArgumentException(
          "loss: " + loss + " is not positive and finite; leave a diverged run out");
    }
  }
}
