package dev.isoflop.operator.report.input;

import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The trial of the lowest loss at each budget. */
final class BestTrials {
  private BestTrials() {}

  /** The best trial of each budget, ascending; budgets without a loss yet are left out. */
  static List<ReportTrial> of(List<ReportTrial> trials) {
    SortedMap<Double, ReportTrial> best = new TreeMap<>();
    trials.stream()
        .filter(trial -> trial.succeeded() && trial.loss().isPresent())
        .sorted(
            Comparator.comparingDouble((ReportTrial trial) -> trial.loss().orElseThrow().value())
                .thenComparing(ReportTrial::name))
        .forEach(trial -> best.putIfAbsent(trial.budget(), trial));
    return List.copyOf(best.values());
  }
}
