package dev.isoflop.operator.plan;

import static java.util.stream.Collectors.toSet;

import dev.isoflop.model.TransformerShape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The grid of a sweep that was planned with a smaller grid before: every trial that exists stays,
 * and of the new grid's sizes those are left out in whose place an existing size can stand.
 *
 * <p>An existing size that the new grid does not choose takes the place of the chosen size nearest
 * to it on a logarithmic scale, if that is less than three quarters of the grid's mean distance
 * away, none of its trials exists and it is neither the smallest nor the largest. Which sizes give
 * way depends only on the grid and on the sizes of earlier grids, so the answer stays the same
 * while the new trials are created, in any order.
 */
public final class GrownGrid {
  /**
   * Share of the mean distance between sizes within which two count as one. More than half, since
   * five even sizes among seven lie half a distance beside the nearest.
   */
  private static final double NEAR = 0.75;

  private final PlanResult.Planned planned;
  private final Set<String> existing;
  private final Map<Double, Set<TransformerShape>> earlier = new LinkedHashMap<>();
  private final List<PlannedTrial> earlierTrials = new ArrayList<>();

  /** An earlier size, and a size of the new grid in whose place it could stand. */
  private record Pair(TransformerShape earlier, TransformerShape chosen, double distance) {}

  private GrownGrid(PlanResult.Planned planned, Set<String> existing) {
    this.planned = planned;
    this.existing = existing;
  }

  /**
   * The grid of a plan together with those trials of earlier grids that exist.
   *
   * @param existing names of all trials that exist, in any order; those that belong to no grid of
   *     this experiment, or lie beyond the ends of this one, change nothing
   */
  public static SweepPlan of(PlanResult.Planned planned, Collection<String> existing) {
    GrownGrid grown = new GrownGrid(planned, Set.copyOf(existing));
    grown.findEarlier();
    return grown.earlierTrials.isEmpty() ? planned.plan() : grown.plan();
  }

  private void findEarlier() {
    Set<String> chosen = planned.plan().trials().stream().map(PlannedTrial::name).collect(toSet());
    existing.stream()
        .filter(name -> !chosen.contains(name))
        .sorted()
        .map(planned.reserve()::find)
        .flatMap(Optional::stream)
        .filter(ExtraSizes.Member.Earlier.class::isInstance)
        .map(ExtraSizes.Member::trial)
        .forEach(
            trial -> {
              earlier
                  .computeIfAbsent(trial.budget(), flops -> new LinkedHashSet<>())
                  .add(trial.shape());
              earlierTrials.add(trial);
            });
  }

  private SweepPlan plan() {
    Map<String, PlannedTrial> trials = new LinkedHashMap<>();
    planned.plan().trials().forEach(trial -> trials.put(trial.name(), trial));
    List<PlannedBudget> budgets = new ArrayList<>();
    for (PlannedBudget budget : planned.plan().budgets()) {
      Set<TransformerShape> kept = earlier.getOrDefault(budget.flops(), Set.of());
      Set<TransformerShape> replaced = replaced(budget, kept);
      trials
          .values()
          .removeIf(trial -> trial.budget() == budget.flops() && replaced.contains(trial.shape()));
      List<PlannedTrial> added =
          kept.stream()
              .flatMap(shape -> planned.reserve().repeats(budget.flops(), shape).stream())
              .toList();
      added.forEach(trial -> trials.put(trial.name(), trial));
      budgets.add(budget.without(replaced).with(added));
    }
    earlierTrials.forEach(trial -> trials.put(trial.name(), trial));
    return new SweepPlan(
        planned.plan().sweep(),
        LaunchOrder.of(List.copyOf(trials.values())),
        budgets,
        planned.plan().warnings());
  }

  /** The sizes of the new grid that need not be trained, nearest pairs first. */
  private Set<TransformerShape> replaced(PlannedBudget budget, Set<TransformerShape> kept) {
    List<TransformerShape> chosen = budget.shapes();
    double lowest = SizeChoice.logParameters(chosen.get(0));
    double highest = SizeChoice.logParameters(chosen.get(chosen.size() - 1));
    double near = (highest - lowest) / (chosen.size() - 1) * NEAR;
    Set<TransformerShape> present =
        planned.plan().trials().stream()
            .filter(trial -> trial.budget() == budget.flops())
            .filter(trial -> existing.contains(trial.name()))
            .map(PlannedTrial::shape)
            .collect(toSet());
    List<Pair> pairs = new ArrayList<>();
    for (TransformerShape size : kept) {
      double at = SizeChoice.logParameters(size);
      if (lowest < at && at < highest) {
        chosen.subList(1, chosen.size() - 1).stream()
            .filter(shape -> !present.contains(shape))
            .map(shape -> new Pair(size, shape, Math.abs(SizeChoice.logParameters(shape) - at)))
            .filter(pair -> pair.distance() < near)
            .forEach(pairs::add);
      }
    }
    pairs.sort(
        Comparator.comparingDouble(Pair::distance)
            .thenComparing(pair -> pair.earlier().toString())
            .thenComparing(pair -> pair.chosen().toString()));
    Set<TransformerShape> used = new HashSet<>();
    Set<TransformerShape> replaced = new HashSet<>();
    for (Pair pair : pairs) {
      if (!used.contains(pair.earlier()) && !replaced.contains(pair.chosen())) {
        used.add(pair.earlier());
        replaced.add(pair.chosen());
      }
    }
    return replaced;
  }
}
