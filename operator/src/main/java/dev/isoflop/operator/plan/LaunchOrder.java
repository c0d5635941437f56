package dev.isoflop.operator.plan;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The order in which trials start: the smallest budget first, then the most work first.
 *
 * <p>Two wishes meet here. A reader wants a curve early, and a recipe that cannot run should fail
 * before much is spent: both ask for the smallest budget. Slots should become idle together: list
 * scheduling ends at most one job after the ideal (Graham 1969), so the jobs that start last should
 * be short. A curve of the smallest budget is a small part of a sweep, so training it first costs
 * little, and from then on the longest go first.
 */
final class LaunchOrder {

  private static final Comparator<PlannedTrial> MOST_WORK_FIRST =
      Comparator.comparingDouble(PlannedTrial::work)
          .reversed()
          .thenComparing(trial -> trial.experiment().repeat())
          .thenComparing(PlannedTrial::name);

  private LaunchOrder() {}

  static List<PlannedTrial> of(List<PlannedTrial> trials) {
    double smallest =
        trials.stream().mapToDouble(PlannedTrial::budget).min().orElse(Double.POSITIVE_INFINITY);
    Stream<PlannedTrial> first = trials.stream().filter(trial -> trial.budget() == smallest);
    Stream<PlannedTrial> others = trials.stream().filter(trial -> trial.budget() != smallest);
    return Stream.concat(first.sorted(MOST_WORK_FIRST), others.sorted(MOST_WORK_FIRST)).toList();
  }
}
