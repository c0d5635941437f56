package dev.isoflop.operator.sweep.state;

import dev.isoflop.api.v1alpha1.status.TrialCounts;
import dev.isoflop.model.TransformerShape;
import dev.isoflop.operator.plan.PlanResult;
import dev.isoflop.operator.plan.PlannedBudget;
import dev.isoflop.operator.plan.SweepPlan;
import dev.isoflop.operator.sweep.observe.AttemptObservation;
import dev.isoflop.operator.sweep.observe.SweepObservation;
import dev.isoflop.operator.sweep.observe.TrialObservation;
import dev.isoflop.trial.OutcomeType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Progress of a sweep, with the decision's actions carried out.
 *
 * @param planned the grid, and what may be trained beyond it
 * @param plan the grid with what of its reserve is trained
 * @param trials in the plan's order
 * @param unplanned trials that exist although the plan does not hold them
 * @param hold the fault for which nothing but a probe starts
 */
public record SweepProgress(
    SweepObservation observed,
    PlanResult.Planned planned,
    SweepPlan plan,
    List<TrialState> trials,
    List<TrialObservation> unplanned,
    LaunchGate gate,
    Optional<Hold> hold) {

  public boolean anyRunning() {
    return trials.stream().anyMatch(TrialState::running)
        || unplanned.stream()
            .anyMatch(trial -> trial.attempt() instanceof AttemptObservation.Running);
  }

  public boolean allEnded() {
    return trials.stream().allMatch(TrialState::ended);
  }

  public boolean failuresExceeded() {
    return LaunchGate.failuresExceeded(observed.spec().scheduling().failures(), trials);
  }

  /**
   * Whether no further trial will end: all have, or the failure budget is spent and those that ran
   * are through.
   */
  public boolean finished() {
    return allEnded() || (failuresExceeded() && trials.stream().noneMatch(TrialState::running));
  }

  /** Whether nothing runs and nothing will start by itself. */
  public boolean settled() {
    return !anyRunning() && (finished() || !gate.opensByItself());
  }

  /** Budgets all of whose trials have ended, ascending. */
  public Set<Double> completeBudgets() {
    Set<Double> complete = new TreeSet<>();
    plan.budgets().forEach(budget -> complete.add(budget.flops()));
    trials.stream()
        .filter(trial -> !trial.ended())
        .forEach(trial -> complete.remove(trial.planned().budget()));
    return complete;
  }

  /** Sizes of a budget of the plan that lie beyond the ends of its grid. */
  public int extraSizes(PlannedBudget budget) {
    return planned.plan().budgets().stream()
        .filter(grid -> grid.flops() == budget.flops())
        .mapToInt(grid -> beyond(grid.shapes(), budget.shapes()))
        .findFirst()
        .orElse(0);
  }

  /** Number of shapes beyond the grid; both lists by ascending parameters. */
  private static int beyond(List<TransformerShape> grid, List<TransformerShape> sizes) {
    long smallest = grid.get(0).parameters();
    long largest = grid.get(grid.size() - 1).parameters();
    return (int)
        sizes.stream()
            .mapToLong(TransformerShape::parameters)
            .filter(size -> size < smallest || size > largest)
            .count();
  }

  /** The trial that checks the laws, if there is one. */
  public Optional<TrialState> checkTrial() {
    return planned
        .reserve()
        .checked()
        .flatMap(
            flops ->
                trials.stream().filter(trial -> trial.planned().budget() == flops).findFirst());
  }

  public TrialCounts counts() {
    int ended = count(TrialState::ended);
    return new TrialCounts(
        trials.size(),
        count(TrialState::waiting),
        count(trial -> trial.running() && !trial.ended()),
        count(trial -> trial.ended(OutcomeType.Succeeded)),
        count(trial -> trial.ended(OutcomeType.Excluded)),
        count(trial -> trial.ended(OutcomeType.Failed)),
        ended + "/" + trials.size());
  }

  private int count(Predicate<TrialState> which) {
    return (int) trials.stream().filter(which).count();
  }
}
