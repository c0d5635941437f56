package dev.isoflop.worker.train;

import dev.isoflop.worker.model.StepResult;
import java.util.Optional;

/**
 * The smoothed training loss, and whether the run has diverged.
 *
 * <p>Smoothing: an exponential moving average with factor 0.9 a step, as in "Scaling Laws For
 * Diffusion Transformers" (arXiv 2410.08184), started at the first loss.
 *
 * @param first loss of the first step, which predicts zero velocity because the head starts at zero
 * @param smoothed after the last step
 */
public record LossHistory(double first, double smoothed) {
  private static final double FACTOR = 0.9;

  /** A smoothed loss this many times that of predicting nothing is not coming back. */
  private static final double EXPLOSION = 4;

  /** Before the first step. */
  public static LossHistory empty() {
    return new LossHistory(Double.NaN, Double.NaN);
  }

  public LossHistory after(double loss) {
    if (Double.isNaN(first)) {
      return new LossHistory(loss, loss);
    }
    return new LossHistory(first, FACTOR * smoothed + (1 - FACTOR) * loss);
  }

  /** Why the run must end, if this step showed that it diverged. */
  public Optional<String> divergence(long step, StepResult result) {
    if (!result.isFinite()) {
      return Optional.of(
          "step %d: loss %s, gradient norm %s"
              .formatted(step, result.loss(), result.gradientNorm()));
    }
    if (smoothed > EXPLOSION * first) {
      return Optional.of(
          "step %d: smoothed loss %.4g is over %.0f times the first loss, %.4g"
              .formatted(step, smoothed, EXPLOSION, first));
    }
    return Optional.empty();
  }
}
