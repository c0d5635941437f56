package dev.isoflop.operator.plan;

import dev.isoflop.model.TransformerShape;
import java.util.List;

/**
 * The sizes of one isoFLOP curve.
 *
 * @param flops C
 * @param centre N0, where the prior expects the optimum
 * @param shapes by ascending parameters; each is trained {@code grid.repeats} times
 */
public record PlannedBudget(double flops, double centre, List<TransformerShape> shapes) {
  public PlannedBudget {
    shapes = List.copyOf(shapes);
  }
}
