package dev.isoflop.laws.isoflop;

import dev.isoflop.laws.data.ComputeCost;
import dev.isoflop.laws.finding.FitError;
import dev.isoflop.laws.options.LossScale;
import dev.isoflop.laws.stats.LogLine;
import dev.isoflop.laws.stats.Parabola;
import dev.isoflop.laws.surface.Surface;
import dev.isoflop.laws.surface.SurfaceFit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Bias of the parabolas' optima at these very points if the fitted surface were the truth and there
 * were no noise.
 *
 * <p>A parabola is only the curve's second-order part: on an asymmetric surface its minimum lies
 * beside the true one, the further the wider the grid; on a grid whose centre drifts with the
 * budget, the exponent is wrong too (Czech, "Problems with Chinchilla Approach 2", 2026).
 */
public final class ParabolaBias {

  private final LogLine parabolas;
  private final Surface surface;
  private final ComputeCost cost;

  private ParabolaBias(LogLine parabolas, Surface surface, ComputeCost cost) {
    this.parabolas = parabolas;
    this.surface = surface;
    this.cost = cost;
  }

  /** The parabolas' exponent of N*(C) minus the surface's. */
  public double exponent() {
    return parabolas.slope() - surface.parametersExponent(cost);
  }

  /** The parabolas' N* at a budget over the surface's; 1 means no bias. */
  public double parametersRatioAt(double flops) {
    double logRatio =
        parabolas.at(StrictMath.log(flops))
            - StrictMath.log(surface.optimalParameters(flops, cost));
    return StrictMath.exp(logRatio);
  }

  /** The surface's loss at a point moved to its curve's budget. */
  private static double lossAt(Surface surface, CurveSample sample, int row) {
    return surface.lossAt(
        StrictMath.exp(sample.logParameters()[row]), StrictMath.exp(sample.logTokens()[row]));
  }

  /** The estimate; empty when noise-free losses leave fewer than three curves with a minimum. */
  public static Optional<ParabolaBias> of(
      List<FittedCurve.Usable> curves, SurfaceFit fit, LossScale scale) {
    List<double[]> optima = new ArrayList<>();
    for (FittedCurve.Usable curve : curves) {
      CurveSample sample = curve.sample();
      double[] losses =
          IntStream.range(0, sample.size())
              .mapToDouble(i -> lossAt(fit.surface(), sample, i))
              .map(scale::forward)
              .toArray();
      Parabola.fit(sample.logParameters(), losses, sample.weights())
          .filter(Parabola::convex)
          .ifPresent(
              parabola ->
                  optima.add(new double[] {StrictMath.log(sample.budget()), parabola.vertex()}));
    }
    if (optima.size() < FitError.TooFewBudgets.NEEDED) {
      return Optional.empty();
    }
    double[] x = optima.stream().mapToDouble(optimum -> optimum[0]).toArray();
    double[] y = optima.stream().mapToDouble(optimum -> optimum[1]).toArray();
    double[] equal = optima.stream().mapToDouble(optimum -> 1).toArray();
    return Optional.of(new ParabolaBias(LogLine.fit(x, y, equal), fit.surface(), fit.cost()));
  }
}
