package dev.isoflop.worker.train;

import dev.isoflop.worker.model.StepResult;
import java.util.Optional;

/**
 * The smoothed training loss, and whether the run has diverged.
 *
 * <p>Smoothing: an exponential moving average with factor 0.9 a step, as in "Scaling Laws For
 * Diffusion Transformers" (arXiv 2410.08184), started at the first loss. A single bad step moves it
 * by a tenth, so spikes from which training recovers are not taken for divergence.
 *
 * @param first loss of the first step, which predicts zero velocity because the head starts at zero
 * @param smoothed after the last step
 * @param lowest of the smoothed losses
 * @param lostSteps how many steps on end the smoothed loss has been above the first loss, though it
 *     had once fallen below half of it: what was learned is lost
 */
public record LossHistory(double first, double smoothed, double lowest, long lostSteps) {
  private static final double FACTOR = 0.9;

  /** A smoothed loss this many times that of predicting nothing is not coming back. */
  private static final double EXPLOSION = 4;

  /** Share of the first loss below which the smoothed loss counts as learned. */
  private static final double LEARNED = 0.5;

  /** Steps in which a run may learn again what it lost. */
  private static final long PATIENCE = 100;

  /** Before the first step. */
  public static LossHistory empty() {
    return new LossHistory(Double.NaN, Double.NaN, Double.NaN, 0);
  }

  public LossHistory after(double loss) {
    if (Double.isNaN(first)) {
      return new LossHistory(loss, loss, loss, 0);
    }
    double next = FACTOR * smoothed + (1 - FACTOR) * loss;
    double low = Math.min(lowest, next);
    boolean lost = low < LEARNED * first && next > first;
    return new LossHistory(first, next, low, lost ? lostSteps + 1 : 0);
  }

  /**
   * Why the run must end, if this step showed that it diverged.
   *
   * @param last whether it is the run's last step, after which nothing can be learned again
   */
  public Optional<String> divergence(long step, StepResult result, boolean last) {
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
    if (lostSteps >= PATIENCE || (last && lostSteps > 0)) {
      return Optional.of(
          ("step %d: smoothed loss %.4g has been above the first loss, %.4g, for %d steps, after it"
                  + " had fallen to %.4g")
              .formatted(step, smoothed, first, lostSteps, lowest));
    }
    return Optional.empty();
  }
}
