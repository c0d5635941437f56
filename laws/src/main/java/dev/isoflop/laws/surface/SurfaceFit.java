package dev.isoflop.laws.surface;

import dev.isoflop.laws.data.ComputeCost;
import dev.isoflop.laws.options.SurfaceObjective;
import dev.isoflop.laws.stats.Interval;
import dev.isoflop.laws.stats.Percentiles;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** A fitted loss surface (approach 3) with its uncertainty. */
public final class SurfaceFit {

  private final Surface surface;
  private final SurfaceObjective objective;
  private final double objectiveValue;
  private final int points;
  private final double rSquared;
  private final ComputeCost cost;
  private final List<Surface> draws;
  private final double confidence;

  SurfaceFit(
      Surface surface,
      SurfaceObjective objective,
      double objectiveValue,
      int points,
      double rSquared,
      ComputeCost cost,
      List<Surface> draws,
      double confidence) {
    this.surface = surface;
    this.objective = objective;
    this.objectiveValue = objectiveValue;
    this.points = points;
    this.rSquared = rSquared;
    this.cost = cost;
    this.draws = List.copyOf(draws);
    this.confidence = confidence;
  }

  public Surface surface() {
    return surface;
  }

  public SurfaceObjective objective() {
    return objective;
  }

  /** The minimum that was reached, a sum over points; lower is a better fit of the same points. */
  public double objectiveValue() {
    return objectiveValue;
  }

  public int points() {
    return points;
  }

  /** Share of the variance of log loss explained. */
  public double rSquared() {
    return rSquared;
  }

  /** FLOPs as a function of N and D at these points. */
  public ComputeCost cost() {
    return cost;
  }

  /** a of {@code N* ~ C^a}. */
  public double parametersExponent() {
    return surface.parametersExponent(cost);
  }

  /** b of {@code D* ~ C^b}. */
  public double tokensExponent() {
    return surface.tokensExponent(cost);
  }

  /** Resamples that gave a surface. */
  public int resamples() {
    return draws.size();
  }

  /** Bootstrap intervals; empty when it was turned off. */
  public Optional<SurfaceIntervals> intervals() {
    return draws.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SurfaceIntervals(
                percentiles(Surface::irreducible),
                percentiles(Surface::alpha),
                percentiles(Surface::beta),
                percentiles(draw -> draw.parametersExponent(cost)),
                percentiles(draw -> draw.tokensExponent(cost))));
  }

  /** The optimum of a budget, with bands. */
  public SurfacePrediction predict(double flops) {
    return new SurfacePrediction(
        flops,
        surface.optimalParameters(flops, cost),
        surface.optimalTokens(flops, cost),
        surface.optimalLoss(flops, cost),
        interval(draw -> draw.optimalParameters(flops, cost)),
        interval(draw -> draw.optimalTokens(flops, cost)),
        interval(draw -> draw.optimalLoss(flops, cost)));
  }

  private Optional<Interval> interval(ToDoubleFunction<Surface> quantity) {
    return draws.isEmpty() ? Optional.empty() : Optional.of(percentiles(quantity));
  }

  private Interval percentiles(ToDoubleFunction<Surface> quantity) {
    return Percentiles.central(draws.stream().mapToDouble(quantity).toArray(), confidence);
  }
}
