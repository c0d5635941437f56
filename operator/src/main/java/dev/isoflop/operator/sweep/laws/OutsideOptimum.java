package dev.isoflop.operator.sweep.laws;

import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.finding.FitError;
import dev.isoflop.laws.finding.Side;
import dev.isoflop.laws.isoflop.IsoFlopCurve;
import dev.isoflop.model.TransformerShape;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The side of its sizes on which a curve's optimum lies.
 *
 * @param vertex where a parabola puts it; beyond all sizes where none has a minimum
 * @param end N of the outermost size on that side whose loss entered the curve
 */
public record OutsideOptimum(boolean above, double vertex, double end) {

  /** Empty where the optimum lies inside, or nothing tells where it lies. */
  public static Optional<OutsideOptimum> of(IsoFlopCurve curve) {
    List<TrainedPoint> points = curve.points();
    double smallest = points.get(0).parameters();
    double largest = points.get(points.size() - 1).parameters();
    FitError refusal = curve.optimum().refusal().orElse(null);
    if (refusal instanceof FitError.OptimumOutsideRange outside) {
      boolean above = outside.side() == Side.ABOVE;
      return Optional.of(new OutsideOptimum(above, outside.vertex(), above ? largest : smallest));
    }
    if (refusal instanceof FitError.NotConvex) {
      double best =
          points.stream()
              .min(Comparator.comparingDouble(point -> point.loss().value()))
              .orElseThrow()
              .parameters();
      return best == largest
          ? Optional.of(new OutsideOptimum(true, Double.POSITIVE_INFINITY, largest))
          : best == smallest
              ? Optional.of(new OutsideOptimum(false, 0, smallest))
              : Optional.empty();
    }
    return Optional.empty();
  }

  /**
   * Whether the outermost size that was trained tells anything: one that did not fit the device, or
   * failed, lets larger ones expect the same.
   */
  public boolean supported(List<TransformerShape> sizes) {
    TransformerShape outermost = above ? sizes.get(sizes.size() - 1) : sizes.get(0);
    return (double) outermost.parameters() == end;
  }

  /** Whether this size lies beyond the optimum, so that the two enclose it. */
  boolean passedBy(TransformerShape shape) {
    return above ? shape.parameters() > vertex : shape.parameters() < vertex;
  }
}
