package dev.isoflop.laws;

import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.stats.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Synthetic sweeps with known optima. */
public final class Sweeps {

  private Sweeps() {}

  /** Budgets of "Scaling Laws For Diffusion Transformers" (arXiv:2410.08184), in FLOPs. */
  public static double[] paperBudgets() {
    return new double[] {1e17, 3e17, 6e17, 1e18, 3e18, 6e18};
  }

  /**
   * Curves that are exact parabolas in ln N about given optima, so that approach 2 has no bias, at
   * sizes from 1/span to span times the optimum and with D = C / 6N.
   */
  public static List<TrainedPoint> parabolic(
      double[] budgets,
      int sizes,
      double span,
      DoubleUnaryOperator optimalParameters,
      DoubleUnaryOperator optimalLoss) {
    List<TrainedPoint> points = new ArrayList<>();
    for (double budget : budgets) {
      for (int j = 0; j < sizes; j++) {
        double u = StrictMath.log(span) * (2.0 * j / (sizes - 1) - 1);
        double parameters = optimalParameters.applyAsDouble(budget) * StrictMath.exp(u);
        double loss = optimalLoss.applyAsDouble(budget) + 0.01 * u * u;
        points.add(
            TrainedPoint.of(
                "c" + budget + "-" + j, budget, parameters, budget / (6 * parameters), loss));
      }
    }
    return points;
  }

  /** A sweep over an exact surface with Gaussian noise on every loss. */
  public static List<TrainedPoint> noisy(
      ExactSurface surface, double[] budgets, int sizes, double span, double noise, long seed) {
    CounterRandom random = new CounterRandom(seed, 77);
    List<TrainedPoint> points = new ArrayList<>();
    for (double budget : budgets) {
      for (int j = 0; j < sizes; j++) {
        double u = StrictMath.log(span) * (2.0 * j / (sizes - 1) - 1);
        double parameters = surface.optimalParameters(budget) * StrictMath.exp(u);
        double tokens = budget / (6 * parameters);
        double loss = surface.loss(parameters, tokens) + noise * random.nextGaussian();
        points.add(TrainedPoint.of("c" + budget + "-" + j, budget, parameters, tokens, loss));
      }
    }
    return points;
  }
}
