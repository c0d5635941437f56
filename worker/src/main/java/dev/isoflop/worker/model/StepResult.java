package dev.isoflop.worker.model;

/**
 * Result of one training step.
 *
 * @param loss mean squared velocity error per element over the batch, before the update
 * @param gradientNorm global norm before clipping
 */
public record StepResult(double loss, double gradientNorm) {
  /** Whether both numbers are finite. */
  public boolean isFinite() {
    return Double.isFinite(loss) && Double.isFinite(gradientNorm);
  }
}
