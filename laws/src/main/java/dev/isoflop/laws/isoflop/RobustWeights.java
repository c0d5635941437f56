package dev.isoflop.laws.isoflop;

import dev.isoflop.laws.stats.Parabola;
import java.util.Optional;

/**
 * Weights of a robust parabola: iteratively reweighted least squares with Tukey's bisquare, from
 * the curve without its outliers and with the scale of the whole sweep.
 */
public final class RobustWeights {

  /** Gives 95 % of least squares' efficiency when the noise is Gaussian after all. */
  private static final double BISQUARE = 4.685;

  private static final int ROUNDS = 50;
  private static final double SETTLED = 1e-10;

  private RobustWeights() {}

  /**
   * The factors to multiply a curve's weights with.
   *
   * @param start 1 for trials to begin with, 0 for outliers
   * @param variance of a trial of unit weight
   */
  public static double[] of(CurveSample sample, double[] start, double variance) {
    double[] factors = start.clone();
    if (!(variance > 0)) {
      return factors;
    }
    for (int round = 0; round < ROUNDS; round++) {
      Optional<Parabola> parabola = sample.reweighted(factors).parabola();
      if (parabola.isEmpty()) {
        return start.clone();
      }
      double change = 0;
      for (int i = 0; i < factors.length; i++) {
        double residual = sample.scaledLoss()[i] - parabola.get().at(sample.logParameters()[i]);
        double scaled = residual * StrictMath.sqrt(sample.weights()[i] / variance) / BISQUARE;
        double kept = Math.max(0, 1 - scaled * scaled);
        change = Math.max(change, Math.abs(kept * kept - factors[i]));
        factors[i] = kept * kept;
      }
      if (change < SETTLED) {
        break;
      }
    }
    return factors;
  }
}
