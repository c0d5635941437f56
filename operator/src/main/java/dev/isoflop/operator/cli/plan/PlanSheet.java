package dev.isoflop.operator.cli.plan;

import dev.isoflop.model.FlopConvention;
import dev.isoflop.model.TransformerShape;
import dev.isoflop.operator.plan.ExtraSizes;
import dev.isoflop.operator.plan.PlanResult;
import dev.isoflop.operator.plan.PlanWarning;
import dev.isoflop.operator.plan.PlannedBudget;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.plan.SweepPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plan of a sweep, as it is shown and exchanged.
 *
 * @param convention how FLOPs are counted
 * @param beyondGrid what may be trained besides, which the totals do not hold
 * @param warnings what weakens the sweep
 */
public record PlanSheet(
    String sweep,
    FlopConvention convention,
    List<Budget> budgets,
    Totals totals,
    Slots slots,
    BeyondGrid beyondGrid,
    List<String> warnings) {

  /**
   * One isoFLOP curve.
   *
   * @param expectedParameters where the prior expects N*
   * @param sizes by ascending parameters
   */
  public record Budget(double flops, double expectedParameters, List<Size> sizes) {}

  /**
   * One model at one budget.
   *
   * @param flops that its whole steps spend
   * @param repeats trainings of it, each at this cost
   */
  public record Size(
      int layers,
      int width,
      long parameters,
      long steps,
      double samples,
      double tokens,
      double flops,
      int repeats) {}

  /**
   * All trials together.
   *
   * @param flops of training, in the sweep's convention
   * @param evaluationFlops matrix multiplications of measuring the trained models
   */
  public record Totals(
      int trials,
      long steps,
      double samples,
      double tokens,
      double flops,
      double evaluationFlops) {}

  /**
   * Time that several trials at once can save.
   *
   * @param parallel trials at once
   * @param flops matrix multiplications of all trials, whatever the convention
   * @param longestFlops of those, what the busiest slot runs: no sweep ends sooner
   */
  public record Slots(int parallel, double flops, double longestFlops) {}

  /**
   * Trials that may be added once the curves are known.
   *
   * @param extraSizes most sizes that join a budget whose optimum lies outside its own
   * @param mostFlops training FLOPs if all budgets need all of these
   * @param checkFlops budget at which the predicted optimum is trained, if one is
   */
  public record BeyondGrid(int extraSizes, double mostFlops, @Nullable Double checkFlops) {}

  public PlanSheet {
    budgets = List.copyOf(budgets);
    warnings = List.copyOf(warnings);
  }

  /**
   * The sheet of a plan.
   *
   * @param parallel trials at once
   */
  public static PlanSheet of(PlanResult.Planned planned, int parallel) {
    SweepPlan plan = planned.plan();
    ExtraSizes reserve = planned.reserve();
    List<PlannedTrial> trials = plan.trials();
    double evaluation = trials.stream().mapToDouble(trial -> trial.work() - training(trial)).sum();
    return new PlanSheet(
        plan.sweep(),
        trials.get(0).experiment().flopConvention(),
        plan.budgets().stream().map(budget -> budget(budget, trials)).toList(),
        new Totals(
            trials.size(), plan.steps(), plan.samples(), plan.tokens(), plan.flops(), evaluation),
        new Slots(
            parallel,
            trials.stream().mapToDouble(PlannedTrial::work).sum(),
            longest(trials, parallel)),
        new BeyondGrid(reserve.limit(), reserve.mostFlops(), reserve.checked().orElse(null)),
        plan.warnings().stream().map(PlanWarning::message).toList());
  }

  private static double training(PlannedTrial trial) {
    return trial.experiment().samples() * trial.shape().trainingFlops();
  }

  private static Budget budget(PlannedBudget budget, List<PlannedTrial> trials) {
    return new Budget(
        budget.flops(),
        budget.centre(),
        budget.shapes().stream().map(shape -> size(budget, shape, trials)).toList());
  }

  private static Size size(
      PlannedBudget budget, TransformerShape shape, List<PlannedTrial> trials) {
    List<PlannedTrial> repeats =
        trials.stream()
            .filter(trial -> trial.budget() == budget.flops() && trial.shape().equals(shape))
            .toList();
    var experiment = repeats.get(0).experiment();
    return new Size(
        shape.layers(),
        shape.width(),
        shape.parameters(),
        experiment.steps(),
        experiment.samples(),
        experiment.tokens(),
        experiment.flops(),
        repeats.size());
  }

  /** The load of the busiest slot when each slot takes the next trial as soon as it is free. */
  private static double longest(List<PlannedTrial> trials, int parallel) {
    double[] loads = new double[parallel];
    for (PlannedTrial trial : trials) {
      int free = 0;
      for (int i = 1; i < parallel; i++) {
        free = loads[i] < loads[free] ? i : free;
      }
      loads[free] += trial.work();
    }
    double longest = 0;
    for (double load : loads) {
      longest = Math.max(longest, load);
    }
    return longest;
  }
}
