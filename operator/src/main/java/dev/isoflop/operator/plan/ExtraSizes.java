package dev.isoflop.operator.plan;

import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.model.TransformerShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Trials that a sweep may hold beyond its grid: further sizes where a budget's optimum lies outside
 * its sizes and the model that checks the laws, both trained once the curves are known, and sizes
 * that an earlier, smaller grid chose.
 *
 * <p>Which they can be follows from the manifest alone, so that those which exist are known again
 * by whoever looks at the sweep next. Safe for any number of callers at once.
 */
public final class ExtraSizes {
  private final ScalingSweepSpec spec;
  private final TrialMaker maker;
  private final int limit;
  private final int repeats;
  private final Map<Double, Ladder> ladders;
  private final @Nullable Double checked;
  private final List<TransformerShape> checkShapes;
  private final Map<String, Optional<Member>> found = new ConcurrentHashMap<>();

  /** The sizes beyond the ends of a budget's own, each from the end outwards. */
  private record Ladder(List<TransformerShape> below, List<TransformerShape> above) {}

  /** A trial of the reserve. */
  public sealed interface Member {
    /** The trial. */
    PlannedTrial trial();

    /**
     * A trial of a size beyond its budget's own.
     *
     * @param step how many sizes beyond the end, from 1
     */
    record Further(PlannedTrial trial, boolean above, int step) implements Member {}

    /** The model that checks the laws. */
    record Check(PlannedTrial trial) implements Member {}

    /** A trial of the same experiment whose size only an earlier grid of the sweep chose. */
    record Earlier(PlannedTrial trial) implements Member {}
  }

  private ExtraSizes(
      TrialMaker maker,
      ScalingSweepSpec spec,
      Map<Double, Ladder> ladders,
      List<TransformerShape> checkShapes) {
    this.spec = spec;
    this.maker = maker;
    this.limit = spec.scheduling().extraSizes();
    this.repeats = spec.grid().repeats();
    this.ladders = Map.copyOf(ladders);
    this.checked = spec.laws().validatePrediction();
    this.checkShapes = List.copyOf(checkShapes);
  }

  /** The reserve of a checked spec whose budgets are planned so. */
  static ExtraSizes of(String sweepName, ScalingSweepSpec spec, List<PlannedBudget> budgets) {
    TrialMaker maker = new TrialMaker(sweepName, spec);
    List<TransformerShape> allowed = AllowedShapes.of(spec);
    Map<Double, Ladder> ladders = new ConcurrentHashMap<>();
    for (PlannedBudget budget : budgets) {
      ladders.put(budget.flops(), ladder(budget, allowed, maker));
    }
    Double checked = spec.laws().validatePrediction();
    return new ExtraSizes(
        maker,
        spec,
        ladders,
        checked == null
            ? List.of()
            : AllowedShapes.beyondGrid(spec).stream()
                .filter(shape -> maker.sensible(checked, shape))
                .toList());
  }

  /** Shapes as far apart as the budget's own, as near as the allowed ones come to that. */
  private static Ladder ladder(
      PlannedBudget budget, List<TransformerShape> allowed, TrialMaker maker) {
    List<TransformerShape> own = budget.shapes();
    double smallest = SizeChoice.logParameters(own.get(0));
    double largest = SizeChoice.logParameters(own.get(own.size() - 1));
    double gap = (largest - smallest) / (own.size() - 1);
    return new Ladder(
        rungs(smallest, -gap, allowed, budget.flops(), maker),
        rungs(largest, gap, allowed, budget.flops(), maker));
  }

  private static List<TransformerShape> rungs(
      double end, double gap, List<TransformerShape> allowed, double flops, TrialMaker maker) {
    List<TransformerShape> rungs = new ArrayList<>();
    double last = end;
    while (rungs.size() < Bounds.EXTRA_SIZES) {
      double beyond = last;
      double target = end + gap * (rungs.size() + 1);
      Optional<TransformerShape> next =
          allowed.stream()
              .filter(shape -> (SizeChoice.logParameters(shape) - beyond) * gap > 0)
              .filter(shape -> maker.sensible(flops, shape))
              .min(Comparator.comparingDouble(shape -> distance(shape, target)));
      if (next.isEmpty()) {
        break;
      }
      rungs.add(next.get());
      last = SizeChoice.logParameters(next.get());
    }
    return rungs;
  }

  private static double distance(TransformerShape shape, double logParameters) {
    return Math.abs(SizeChoice.logParameters(shape) - logParameters);
  }

  /** {@code scheduling.extraSizes}: sizes, at most, that a budget may get beyond its own. */
  public int limit() {
    return limit;
  }

  /** Training FLOPs of the further sizes if every budget gets all that it may. */
  public double mostFlops() {
    return ladders.entrySet().stream()
        .mapToDouble(
            entry ->
                entry.getKey()
                    * repeats
                    * Math.min(
                        limit, entry.getValue().below().size() + entry.getValue().above().size()))
        .sum();
  }

  /** Number of allowed sizes beyond the largest, or the smallest, of a budget's own. */
  public int sizes(double budget, boolean above) {
    return rungs(budget, above).size();
  }

  /** The model a step beyond the largest, or the smallest, of a budget's own; from 1. */
  public TransformerShape shape(double budget, boolean above, int step) {
    return rungs(budget, above).get(step - 1);
  }

  /** Trials of a further size, one for each repeat. */
  public List<PlannedTrial> trials(double budget, boolean above, int step) {
    return maker.repeats(budget, shape(budget, above, step));
  }

  /** The trials of one point, as often as the grid repeats it. */
  List<PlannedTrial> repeats(double budget, TransformerShape shape) {
    return maker.repeats(budget, shape);
  }

  private List<TransformerShape> rungs(double budget, boolean above) {
    Ladder ladder = ladders.get(budget);
    return ladder == null ? List.of() : above ? ladder.above() : ladder.below();
  }

  /** The budget of {@code laws.validatePrediction}. */
  public Optional<Double> checked() {
    return Optional.ofNullable(checked);
  }

  /**
   * The trial that checks the laws: of the shapes that the width rule gives or the grid lists, that
   * whose size is nearest on a logarithmic scale; none if no shape takes enough steps there.
   *
   * @param parameters N* as the laws foresee it
   */
  public Optional<PlannedTrial> check(double parameters) {
    if (checked == null) {
      return Optional.empty();
    }
    double target = StrictMath.log(parameters);
    double flops = checked;
    return checkShapes.stream()
        .min(Comparator.comparingDouble(shape -> distance(shape, target)))
        .map(shape -> maker.trial(flops, shape, 0));
  }

  /** The trial of this name, if the reserve holds it. */
  public Optional<Member> find(String name) {
    return found.computeIfAbsent(name, this::search);
  }

  private Optional<Member> search(String name) {
    Stream<Member> further =
        ladders.keySet().stream()
            .sorted()
            .flatMap(
                flops -> Stream.concat(members(name, flops, false), members(name, flops, true)));
    return Stream.of(further, checks(name), earlier(name)).flatMap(members -> members).findFirst();
  }

  /** A trial's key does not depend on the grid, so its name tells whether it is of this sweep. */
  private Stream<Member> earlier(String name) {
    return TrialNames.read(name)
        .filter(point -> AllowedShapes.possible(spec, point.layers(), point.width()))
        .stream()
        .flatMap(
            point ->
                spec.budgets().stream()
                    .map(
                        flops ->
                            maker.trial(
                                flops,
                                AllowedShapes.shape(spec, point.layers(), point.width()),
                                point.repeat())))
        .filter(trial -> trial.name().equals(name))
        .map(Member.Earlier::new);
  }

  private Stream<Member> members(String name, double flops, boolean above) {
    List<TransformerShape> rungs = rungs(flops, above);
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < rungs.size(); i++) {
      if (name.contains(TrialNames.shape(rungs.get(i)))) {
        int step = i + 1;
        maker.repeats(flops, rungs.get(i)).stream()
            .filter(trial -> trial.name().equals(name))
            .forEach(trial -> members.add(new Member.Further(trial, above, step)));
      }
    }
    return members.stream();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ExtraSizes reserve
        && limit == reserve.limit
        && repeats == reserve.repeats
        && ladders.equals(reserve.ladders)
        && Objects.equals(checked, reserve.checked)
        && checkShapes.equals(reserve.checkShapes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(limit, repeats, ladders, checked, checkShapes);
  }

  private Stream<Member> checks(String name) {
    if (checked == null) {
      return Stream.empty();
    }
    double flops = checked;
    return checkShapes.stream()
        .filter(shape -> name.contains(TrialNames.shape(shape)))
        .map(shape -> maker.trial(flops, shape, 0))
        .filter(trial -> trial.name().equals(name))
        .map(Member.Check::new);
  }
}
