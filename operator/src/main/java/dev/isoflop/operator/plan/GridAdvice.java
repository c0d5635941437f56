package dev.isoflop.operator.plan;

import static java.lang.Math.max;
import static java.lang.Math.min;

import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.api.v1alpha1.sweep.GridSpec;
import dev.isoflop.laws.text.NumberFormat;
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
  private final ExtraSizes reserve;
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
    if (allowed > 0 && limit < Bounds.EXTRA_SIZES) {
      return set(
          "scheduling.extraSizes",
          min(Bounds.EXTRA_SIZES, max(limit, extra) + min(AT_ONCE, allowed)),
          limit);
    }
    return beyond(budget, above, vertex)
        .map(shape -> widened(shape, budget.flops()))
        .orElse(
            above
                ? "no larger size takes enough steps there; give a larger budget to spec.budgets"
                : spec.grid().shapes() == null
                    ? "the width rule has no smaller size; make another sweep with a smaller"
                        + " spec.model.widthPerLayer"
                    : "no smaller width holds whole heads; make another sweep with a smaller"
                        + " spec.model.headDimension");
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
              NumberFormat.setting(window.spanFor(List.of(shape), 1)),
              NumberFormat.setting(grid.span())));
    }
    return String.join(" and ", edits);
  }

  /**
   * More sizes in the range that a grid has.
   *
   * @param flops the budget that has too few
   * @param needed sizes that it should have
   * @return empty if the manifest asks for so many already
   */
  public Optional<String> moreSizes(double flops, int needed) {
    GridSpec grid = spec.grid();
    SizeWindow window = SizeWindow.of(grid, flops);
    List<TransformerShape> allowed = AllowedShapes.of(spec);
    List<String> edits = new ArrayList<>();
    int missing = needed - sizes(window.within(allowed));
    if (missing > 0 && sizes(allowed) >= needed) {
      edits.add(
          set(
              "grid.span",
              NumberFormat.setting(window.spanFor(allowed, needed)),
              NumberFormat.setting(grid.span())));
    } else if (missing > 0 && grid.shapes() != null) {
      between(window.within(allowed), missing).ifPresent(edits::add);
    } else if (missing > 0) {
      edits.addAll(moreLayers(window, needed));
    }
    boolean more = missing <= 0 || !edits.isEmpty();
    if (more && grid.trialsPerBudget() < needed) {
      edits.add(set("grid.trialsPerBudget", needed, grid.trialsPerBudget()));
    }
    return edits.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", edits));
  }

  private static int sizes(List<TransformerShape> shapes) {
    return (int) shapes.stream().mapToLong(TransformerShape::parameters).distinct().count();
  }

  /** Shapes for a list, each in the widest gap that the sizes have by then. */
  private Optional<String> between(List<TransformerShape> listed, int missing) {
    List<TransformerShape> sizes = new ArrayList<>(listed);
    List<String> added = new ArrayList<>();
    for (int i = 0; i < missing; i++) {
      Optional<TransformerShape> next = inWidestGap(sizes);
      if (next.isEmpty()) {
        break;
      }
      added.add(
          "{layers: %d, width: %d} (%s parameters)"
              .formatted(
                  next.get().layers(),
                  next.get().width(),
                  NumberFormat.count((double) next.get().parameters())));
      sizes.add(next.get());
      sizes.sort(Comparator.comparingLong(TransformerShape::parameters));
    }
    return added.isEmpty()
        ? Optional.empty()
        : Optional.of("add %s to spec.grid.shapes".formatted(String.join(" and ", added)));
  }

  /** The shape nearest the middle of the widest gap that any lies in, shaped as its neighbours. */
  private Optional<TransformerShape> inWidestGap(List<TransformerShape> sizes) {
    return IntStream.range(1, sizes.size())
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -gap(sizes.get(i - 1), sizes.get(i))))
        .flatMap(i -> inside(sizes.get(i - 1), sizes.get(i)).stream())
        .findFirst();
  }

  private Optional<TransformerShape> inside(TransformerShape below, TransformerShape above) {
    double middle = (SizeChoice.logParameters(below) + SizeChoice.logParameters(above)) / 2;
    return IntStream.rangeClosed(
            min(below.layers(), above.layers()), max(below.layers(), above.layers()))
        .boxed()
        .flatMap(
            layers ->
                IntStream.rangeClosed(
                        min(below.width(), above.width()), max(below.width(), above.width()))
                    .filter(width -> AllowedShapes.possible(spec, layers, width))
                    .mapToObj(width -> AllowedShapes.shape(spec, layers, width)))
        .filter(shape -> gap(below, shape) > 0 && gap(shape, above) > 0)
        .min(
            Comparator.comparingDouble(
                shape -> Math.abs(SizeChoice.logParameters(shape) - middle)));
  }

  private static double gap(TransformerShape below, TransformerShape above) {
    return SizeChoice.logParameters(above) - SizeChoice.logParameters(below);
  }

  /** The range of depths, and the span, that hold so many sizes of the width rule. */
  private List<String> moreLayers(SizeWindow window, int needed) {
    GridSpec grid = spec.grid();
    List<TransformerShape> possible =
        AllowedShapes.beyondGrid(spec).stream()
            .filter(shape -> maker.sensible(window.flops(), shape))
            .toList();
    if (possible.isEmpty()) {
      return List.of();
    }
    int reachable = min(needed, possible.size());
    double span = max(grid.span(), window.spanFor(possible, reachable));
    List<TransformerShape> nearest =
        possible.stream()
            .sorted(
                Comparator.comparingDouble(
                    shape ->
                        Math.abs(
                            SizeChoice.logParameters(shape) - StrictMath.log(window.centre()))))
            .limit(reachable)
            .toList();
    int low = nearest.stream().mapToInt(TransformerShape::layers).min().orElseThrow();
    int high = nearest.stream().mapToInt(TransformerShape::layers).max().orElseThrow();
    List<String> edits = new ArrayList<>();
    if (high > grid.layers().max()) {
      edits.add(set("grid.layers.max", high, grid.layers().max()));
    }
    if (low < grid.layers().min()) {
      edits.add(set("grid.layers.min", low, grid.layers().min()));
    }
    if (span > grid.span()) {
      edits.add(set("grid.span", NumberFormat.setting(span), NumberFormat.setting(grid.span())));
    }
    return edits;
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
