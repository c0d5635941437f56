package dev.isoflop.operator.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * The grid of a sweep, ready to run.
 *
 * @param trials in the order in which they should start, see {@link LaunchOrder}
 * @param budgets ascending
 * @param warnings what weakens the sweep without stopping it
 */
public record SweepPlan(
    String sweep,
    List<PlannedTrial> trials,
    List<PlannedBudget> budgets,
    List<PlanWarning> warnings) {

  public SweepPlan {
    trials = List.copyOf(trials);
    budgets = List.copyOf(budgets);
    warnings = List.copyOf(warnings);
  }

  /** This plan with further trials; each size that a budget did not have joins that budget. */
  public SweepPlan with(List<PlannedTrial> further) {
    List<PlannedTrial> all = new ArrayList<>(trials);
    all.addAll(further);
    return new SweepPlan(
        sweep,
        LaunchOrder.of(all),
        budgets.stream().map(budget -> budget.with(further)).toList(),
        warnings);
  }

  /** Training FLOPs of all trials, in the sweep's convention. */
  public double flops() {
    return trials.stream().mapToDouble(trial -> trial.experiment().flops()).sum();
  }

  /** Tokens that all trials process in training. */
  public double tokens() {
    return trials.stream().mapToDouble(trial -> trial.experiment().tokens()).sum();
  }

  /** Samples that all trials process in training. */
  public double samples() {
    return trials.stream().mapToDouble(trial -> trial.experiment().samples()).sum();
  }

  /** Optimizer steps of all trials. */
  public long steps() {
    return trials.stream().mapToLong(trial -> trial.experiment().steps()).sum();
  }
}
