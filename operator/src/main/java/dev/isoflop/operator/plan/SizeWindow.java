package dev.isoflop.operator.plan;

import dev.isoflop.api.v1alpha1.sweep.GridSpec;
import dev.isoflop.model.TransformerShape;
import java.util.Comparator;
import java.util.List;

/**
 * The sizes that a budget may use: those within a factor {@code span} of where its optimum is
 * expected.
 *
 * @param centre N0 = coefficient C^exponent
 */
record SizeWindow(double flops, double centre, double span) {

  static SizeWindow of(GridSpec grid, double flops) {
    double centre = grid.centre().coefficient() * StrictMath.pow(flops, grid.centre().exponent());
    return new SizeWindow(flops, centre, grid.span());
  }

  double lowest() {
    return centre / span;
  }

  double highest() {
    return centre * span;
  }

  boolean holds(TransformerShape shape) {
    return lowest() <= shape.parameters() && shape.parameters() <= highest();
  }

  List<TransformerShape> within(List<TransformerShape> shapes) {
    return shapes.stream().filter(this::holds).toList();
  }

  /** The shapes outside the window, nearest first, at most two. */
  List<TransformerShape> nearestOutside(List<TransformerShape> shapes) {
    return shapes.stream()
        .filter(shape -> !holds(shape))
        .sorted(Comparator.comparingDouble(this::distance))
        .limit(2)
        .toList();
  }

  /** The least span that holds so many of these shapes, with two digits, rounded up. */
  double spanFor(List<TransformerShape> shapes, int count) {
    double distance =
        shapes.stream()
            .mapToDouble(this::distance)
            .sorted()
            .skip(count - 1L)
            .findFirst()
            .orElseThrow();
    double exact = StrictMath.exp(distance);
    double unit = StrictMath.pow(10, Math.floor(StrictMath.log10(exact)) - 1);
    return Math.ceil(exact / unit + 1e-9) * unit;
  }

  private double distance(TransformerShape shape) {
    return Math.abs(SizeChoice.logParameters(shape) - StrictMath.log(centre));
  }
}
