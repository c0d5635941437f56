package dev.isoflop.operator.plan;

import static java.lang.Math.max;
import static java.lang.Math.min;

import dev.isoflop.api.v1alpha1.GridSpec;
import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.model.TransformerShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which fields of a manifest to change, to which values, so that a sweep gains what a finding asks
 * for. All of these edits keep every trial that exists.
 */
public final class GridAdvice {
  /** Sizes that one edit adds. */
  private static final int AT_ONCE = 2;

  private final ScalingSweepSpec spec;
  private final Reserve reserve;
  private final TrialMaker maker;

  /**
   * @param planned plan of exactly this spec
   */
  public GridAdvice(String sweepName, ScalingSweepSpec spec, PlanResult.Planned planned) {
    this.spec = spec;
    this.reserve = planned.reserve();
    this.maker = new TrialMaker(sweepName, spec);
  }

  /**
   * Sizes beyond an end of a budget's own.
   *
   * @param budget with all sizes that it has
   * @param extra how many of them lie beyond its grid
   * @param vertex N where the optimum is presumed; infinite or 0 if nothing tells
   * @return an imperative such as {@code set spec.grid.layers.max to 9 (now 6)}
   */
  public String sizesBeyond(PlannedBudget budget, int extra, boolean above, double vertex) {
    int allowed = allowedBeyond(budget, above);
    int limit = reserve.limit();
    if (allowed > 0 && limit < Reserve.MOST_SIZES) {
      return set(
          "scheduling.extraSizes",
          min(Reserve.MOST_SIZES, max(limit, extra) + min(AT_ONCE, allowed)),
          limit);
    }
    return beyond(budget, above, vertex)
        .map(shape -> widened(shape, budget.flops()))
        .orElse(
            above
                ? "no larger size takes enough steps there; give a larger budget to spec.budgets"
                : "the width rule has no smaller size; make another sweep with a smaller"
                    + " spec.model.widthPerLayer");
  }

  /** The edits after which the grid chooses the shape. */
  private String widened(TransformerShape shape, double flops) {
    GridSpec grid = spec.grid();
    List<String> edits = new ArrayList<>();
    if (grid.shapes() != null) {
      if (!AllowedShapes.of(spec).contains(shape)) {
        edits.add(
            "add {layers: %d, width: %d} to spec.grid.shapes"
                .formatted(shape.layers(), shape.width()));
      }
    } else if (shape.layers() > grid.layers().max()) {
      edits.add(set("grid.layers.max", shape.layers(), grid.layers().max()));
    } else if (shape.layers() < grid.layers().min()) {
      edits.add(set("grid.layers.min", shape.layers(), grid.layers().min()));
    }
    SizeWindow window = SizeWindow.of(grid, flops);
    if (!window.holds(shape)) {
      edits.add(
          set(
              "grid.span",
              Notation.count(window.spanFor(List.of(shape), 1)),
              Notation.count(grid.span())));
    }
    return String.join(" and ", edits);
  }

  /** More sizes in the range that a grid has. */
  public Optional<String> moreSizes(int needed) {
    return spec.grid().trialsPerBudget() < needed
        ? Optional.of(set("grid.trialsPerBudget", needed, spec.grid().trialsPerBudget()))
        : Optional.empty();
  }

  /** Further trainings of each point. */
  public String repeats() {
    return set("grid.repeats", spec.grid().repeats() + 1, spec.grid().repeats());
  }

  private static String set(String field, int value, int now) {
    return set(field, Integer.toString(value), Integer.toString(now));
  }

  private static String set(String field, String value, String now) {
    return "set spec.%s to %s (now %s)".formatted(field, value, now);
  }

  /** Allowed sizes beyond those that the budget has. */
  private int allowedBeyond(PlannedBudget budget, boolean above) {
    double end = logEnd(budget, above);
    return (int)
        IntStream.rangeClosed(1, reserve.sizes(budget.flops(), above))
            .mapToDouble(
                step -> SizeChoice.logParameters(reserve.shape(budget.flops(), above, step)))
            .filter(size -> above ? size > end : size < end)
            .count();
  }

  /** A size one to two of the budget's distances beyond its end, past the vertex if it is there. */
  private Optional<TransformerShape> beyond(PlannedBudget budget, boolean above, double vertex) {
    double end = logEnd(budget, above);
    double gap =
        Math.abs(logEnd(budget, true) - logEnd(budget, false)) / (budget.shapes().size() - 1);
    double sign = above ? 1 : -1;
    double past = sign * (StrictMath.log(vertex) - end) + gap / 2;
    double reach = end + sign * min(max(past, gap), 2 * gap);
    return candidates(budget, above).stream()
        .filter(shape -> maker.sensible(budget.flops(), shape))
        .filter(shape -> sign * (SizeChoice.logParameters(shape) - end) > 0)
        .min(
            Comparator.comparingDouble(shape -> Math.abs(SizeChoice.logParameters(shape) - reach)));
  }

  private List<TransformerShape> candidates(PlannedBudget budget, boolean above) {
    if (spec.grid().shapes() == null) {
      return AllowedShapes.beyondGrid(spec);
    }
    List<TransformerShape> own = budget.shapes();
    int layers = own.get(above ? own.size() - 1 : 0).layers();
    return IntStream.rangeClosed(1, 65536)
        .filter(width -> AllowedShapes.possible(spec, layers, width))
        .mapToObj(width -> AllowedShapes.shape(spec, layers, width))
        .toList();
  }

  private static double logEnd(PlannedBudget budget, boolean above) {
    List<TransformerShape> shapes = budget.shapes();
    return SizeChoice.logParameters(shapes.get(above ? shapes.size() - 1 : 0));
  }
}
