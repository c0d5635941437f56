package dev.isoflop.operator.plan;

import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.model.TransformerShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lays the grid of a sweep: at each budget C, models spread evenly in log N around the prior
 * optimum N0 = coefficient C^exponent, each trained for the steps that reach C.
 *
 * <p>Every budget is planned by itself, and a trial's name and key depend on nothing but the trial,
 * so a sweep that gains a budget keeps the trials it had.
 */
public final class SweepPlanner {
  /** Plans a sweep, or says everything that stands against it. */
  public PlanResult plan(String sweepName, ScalingSweepSpec spec) {
    List<PlanError> refusals = new SpecCheck().check(spec);
    if (!refusals.isEmpty()) {
      return new PlanResult.Refused(refusals);
    }
    return new Draft(sweepName, spec).finish();
  }

  /** A plan in the making, of a spec whose fields make sense one by one. */
  private static final class Draft {
    private final ScalingSweepSpec spec;
    private final String sweepName;
    private final TrialMaker maker;
    private final List<TransformerShape> allowed;
    private final List<PlanError> refusals = new ArrayList<>();
    private final List<PlanWarning> warnings = new ArrayList<>();
    private final List<PlannedBudget> budgets = new ArrayList<>();
    private final List<PlannedTrial> trials = new ArrayList<>();

    Draft(String sweepName, ScalingSweepSpec spec) {
      this.spec = spec;
      this.sweepName = sweepName;
      this.maker = new TrialMaker(sweepName, spec);
      this.allowed = AllowedShapes.of(spec);
    }

    PlanResult finish() {
      if (spec.budgets().size() < PlanWarning.TooFewBudgets.NEEDED) {
        warnings.add(new PlanWarning.TooFewBudgets(spec.budgets().size()));
      }
      IntStream.range(0, spec.budgets().size())
          .boxed()
          .sorted(Comparator.comparing(spec.budgets()::get))
          .forEach(this::planBudget);
      ResultRoom.refusal(spec, trials).ifPresent(refusals::add);
      warnings.addAll(TrainingCheck.of(spec, budgets));
      warnings.addAll(ResourceCheck.warnings(spec.scheduling().resources()));
      return refusals.isEmpty()
          ? new PlanResult.Planned(
              new SweepPlan(sweepName, LaunchOrder.of(trials), budgets, warnings),
              ExtraSizes.of(sweepName, spec, budgets))
          : new PlanResult.Refused(refusals);
    }

    private void planBudget(int index) {
      double flops = spec.budgets().get(index);
      SizeWindow window = SizeWindow.of(spec.grid(), flops);
      List<TransformerShape> found = window.within(allowed);
      if (found.stream().mapToLong(TransformerShape::parameters).distinct().count()
          < PlanError.TooFewSizes.NEEDED) {
        refusals.add(tooFew(window, found));
        return;
      }
      int asked = spec.grid().trialsPerBudget();
      List<TransformerShape> sizes = SizeChoice.even(found, asked);
      if (sizes.size() < asked) {
        warnings.add(new PlanWarning.FewerSizes(flops, asked, sizes));
      }
      warnIfOffCentre(window, sizes);
      if (reachable(index, flops, sizes)) {
        budgets.add(new PlannedBudget(flops, window.centre(), sizes));
        sizes.forEach(shape -> trials.addAll(maker.repeats(flops, shape)));
      }
    }

    private PlanError tooFew(SizeWindow window, List<TransformerShape> found) {
      List<TransformerShape> nearest = window.nearestOutside(allowed);
      String remedy = new SizeRemedy(spec, allowed).describe(window);
      return found.isEmpty()
          ? new PlanError.NoFeasibleShape(
              window.flops(), window.centre(), window.lowest(), window.highest(), nearest, remedy)
          : new PlanError.TooFewSizes(
              window.flops(),
              window.centre(),
              window.lowest(),
              window.highest(),
              found,
              nearest,
              remedy);
    }

    private void warnIfOffCentre(SizeWindow window, List<TransformerShape> sizes) {
      double smallest = (double) sizes.get(0).parameters();
      double largest = (double) sizes.get(sizes.size() - 1).parameters();
      if (largest < window.centre() || window.centre() < smallest) {
        warnings.add(new PlanWarning.OffCentre(window.flops(), window.centre(), smallest, largest));
      }
    }

    /**
     * Whether every size can take a step, which costs most at the largest, and can be counted,
     * which the smallest makes most of.
     */
    private boolean reachable(int index, double flops, List<TransformerShape> sizes) {
      TransformerShape smallest = sizes.get(0);
      double sampleFlops = maker.stepFlops(smallest) / spec.training().batchSize();
      if (flops / sampleFlops > PlanError.BudgetTooLarge.MOST_SAMPLES) {
        refusals.add(new PlanError.BudgetTooLarge(index, flops, smallest, sampleFlops));
        return false;
      }
      TransformerShape largest = sizes.get(sizes.size() - 1);
      int batchSize = spec.training().batchSize();
      double stepFlops = maker.stepFlops(largest);
      if (flops < stepFlops) {
        refusals.add(new PlanError.BudgetBelowOneStep(index, flops, largest, batchSize, stepFlops));
        return false;
      }
      long fewest = maker.steps(flops, largest);
      if (fewest < PlanError.BudgetBelowOneStep.SENSIBLE_STEPS) {
        warnings.add(new PlanWarning.FewSteps(flops, largest, fewest, batchSize));
      }
      return true;
    }
  }
}
