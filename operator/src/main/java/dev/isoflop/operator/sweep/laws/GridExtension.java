package dev.isoflop.operator.sweep.laws;

import dev.isoflop.api.v1alpha1.status.BudgetStatus;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.isoflop.IsoFlopCurve;
import dev.isoflop.laws.powerlaw.LawPrediction;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.plan.ExtraSizes;
import dev.isoflop.operator.plan.GrownGrid;
import dev.isoflop.operator.plan.PlanResult;
import dev.isoflop.operator.plan.PlannedBudget;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.plan.SweepPlan;
import dev.isoflop.operator.sweep.observe.SweepObservation;
import dev.isoflop.operator.sweep.observe.TrialObservation;
import dev.isoflop.operator.sweep.state.Announcement;
import dev.isoflop.operator.sweep.state.ConditionType;
import dev.isoflop.operator.sweep.state.SweepProgress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What of its {@link ExtraSizes} a sweep trains: further sizes at a budget whose optimum lies
 * outside its sizes, at most {@code scheduling.extraSizes} of them, and in the end the optimum that
 * the laws predict for {@code laws.validatePrediction}.
 *
 * <p>A trial of the reserve is part of the plan from its creation on, whatever later fits say, so
 * that work once begun is brought to its end and nothing needs to be remembered elsewhere.
 */
public final class GridExtension {
  /** Sizes that join at once: the vertex of a parabola that lies outside is a guess. */
  private static final int AT_ONCE = 2;

  private final PlanResult.Planned planned;
  private final SweepObservation observed;
  private final List<Announcement> announcements = new ArrayList<>();

  /** One end of a budget's sizes. */
  private record End(double budget, boolean above) {}

  public GridExtension(PlanResult.Planned planned, SweepObservation observed) {
    this.planned = planned;
    this.observed = observed;
  }

  /**
   * The plan with all that exists. Sizes of earlier grids are part of the grid, see {@link
   * GrownGrid}; a size beyond its ends of which a trial exists is there with all its repeats, and
   * with the sizes between it and the grid.
   */
  public SweepPlan present() {
    List<String> existing = observed.trials().stream().map(TrialObservation::name).toList();
    SweepPlan grid = GrownGrid.of(planned, existing);
    Set<String> known = new HashSet<>();
    grid.trials().forEach(trial -> known.add(trial.name()));
    Map<String, PlannedTrial> further = new LinkedHashMap<>();
    for (String name : existing) {
      if (!known.contains(name)) {
        planned
            .reserve()
            .find(name)
            .map(this::joining)
            .orElse(List.of())
            .forEach(trial -> further.putIfAbsent(trial.name(), trial));
      }
    }
    return further.isEmpty() ? grid : grid.with(List.copyOf(further.values()));
  }

  /**
   * What is there because this trial is. The sizes between it and the grid are so only as far as
   * the sweep may grow by itself: a grid that was widened since may have other ends than the one
   * that the size was beyond.
   */
  private List<PlannedTrial> joining(ExtraSizes.Member member) {
    if (member instanceof ExtraSizes.Member.Further size) {
      int first = size.step() <= planned.reserve().limit() ? 1 : size.step();
      return trials(new End(size.trial().budget(), size.above()), first, size.step());
    }
    return List.of(member.trial());
  }

  private List<PlannedTrial> trials(End end, int first, int last) {
    List<PlannedTrial> trials = new ArrayList<>();
    for (int step = first; step <= last; step++) {
      trials.addAll(planned.reserve().trials(end.budget(), end.above(), step));
    }
    return trials;
  }

  /** Trials that should join the present plan now. */
  public List<PlannedTrial> wanted(SweepProgress progress, FittedLaws fitted) {
    if (progress.failuresExceeded()) {
      return List.of();
    }
    List<PlannedTrial> further = new ArrayList<>();
    for (PlannedBudget budget : progress.plan().budgets()) {
      further.addAll(sizes(progress, budget, fitted));
    }
    return further.isEmpty() ? check(progress, fitted) : further;
  }

  /**
   * Number of sizes that a budget may gain; once the sweep is over, that which it had gained by
   * then.
   */
  private static int bound(SweepObservation observed, PlannedBudget budget, int most) {
    return over(observed)
        ? observed
            .status()
            .flatMap(
                status ->
                    status.budgets().stream()
                        .filter(known -> known.flops() == budget.flops())
                        .findFirst())
            .map(BudgetStatus::extraSizes)
            .map(gained -> Math.min(gained, most))
            .orElse(0)
        : most;
  }

  /**
   * Whether this spec was trained to its end before: what grows does so in the turn that would end
   * it. Another version of the operator must not spend money on what was told to be over.
   */
  private static boolean over(SweepObservation observed) {
    return observed
        .status()
        .filter(status -> ConditionType.Finished.isTrue(status.conditions()))
        .filter(status -> Objects.equals(status.observedGeneration(), observed.generation()))
        .isPresent();
  }

  /** Announcements of these trials to readers of the sweep. */
  public List<Announcement> announcements() {
    return List.copyOf(announcements);
  }

  private List<PlannedTrial> sizes(
      SweepProgress progress, PlannedBudget budget, FittedLaws fitted) {
    int most = planned.reserve().limit();
    int left = bound(progress.observed(), budget, most) - progress.extraSizes(budget);
    if (left <= 0 || !fitted.complete().contains(budget.flops())) {
      return List.of();
    }
    Optional<IsoFlopCurve> curve = fitted.curve(budget.flops());
    Optional<OutsideOptimum> outside = curve.flatMap(OutsideOptimum::of);
    if (outside.isEmpty() || !outside.get().supported(budget.shapes())) {
      return List.of();
    }
    End end = new End(budget.flops(), outside.get().above());
    int first = reached(budget, end) + 1;
    int last = first - 1;
    int furthest =
        Math.min(
            planned.reserve().sizes(end.budget(), end.above()),
            first - 1 + Math.min(left, AT_ONCE));
    while (last < furthest
        && (last < first
            || !outside.get().passedBy(planned.reserve().shape(end.budget(), end.above(), last)))) {
      last++;
    }
    if (last < first) {
      return List.of();
    }
    String why = curve.flatMap(found -> found.optimum().refusal()).map(Finding::message).orElse("");
    announcements.add(
        new Announcement(
            "GridExtended",
            "%s; so %s %s, of at most %d (scheduling.extraSizes)"
                .formatted(
                    why,
                    NumberFormat.several(last - first + 1, "further size"),
                    last == first ? "is trained" : "are trained",
                    most)));
    return trials(end, first, last);
  }

  /** Number of sizes that the budget has beyond this end. */
  private int reached(PlannedBudget budget, End end) {
    Set<Object> present = new HashSet<>(budget.shapes());
    int reached = 0;
    while (reached < planned.reserve().sizes(end.budget(), end.above())
        && present.contains(planned.reserve().shape(end.budget(), end.above(), reached + 1))) {
      reached++;
    }
    return reached;
  }

  private List<PlannedTrial> check(SweepProgress progress, FittedLaws fitted) {
    Optional<Double> budget = planned.reserve().checked();
    if (budget.isEmpty()
        || fitted.provisional()
        || !fitted.fitted()
        || progress.checkTrial().isPresent()) {
      return List.of();
    }
    Optional<LawPrediction> parameters =
        fitted.laws().flatMap(laws -> laws.predict(budget.get()).parameters());
    Optional<PlannedTrial> check =
        parameters.flatMap(size -> planned.reserve().check(size.value()));
    check.ifPresent(
        trial ->
            announcements.add(
                new Announcement(
                    "PredictionInTraining",
                    "the laws predict %s parameters for %s FLOPs; a model of %s checks them"
                        .formatted(
                            NumberFormat.count(parameters.orElseThrow().value()),
                            NumberFormat.flops(budget.get()),
                            NumberFormat.count((double) trial.shape().parameters())))));
    return check.map(List::of).orElse(List.of());
  }
}
