package dev.isoflop.operator.plan;

import dev.isoflop.model.TransformerShape;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

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

  /** This budget without some of its sizes. */
  PlannedBudget without(Set<TransformerShape> sizes) {
    return new PlannedBudget(
        flops, centre, shapes.stream().filter(shape -> !sizes.contains(shape)).toList());
  }

  /** This budget with the sizes of those trials that are of it. */
  PlannedBudget with(List<PlannedTrial> trials) {
    return new PlannedBudget(
        flops,
        centre,
        Stream.concat(
                shapes.stream(),
                trials.stream().filter(trial -> trial.budget() == flops).map(PlannedTrial::shape))
            .distinct()
            .sorted(Comparator.comparingLong(TransformerShape::parameters))
            .toList());
  }
}
