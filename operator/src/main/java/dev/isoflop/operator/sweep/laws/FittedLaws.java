package dev.isoflop.operator.sweep.laws;

import static java.util.Objects.requireNonNull;

import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.isoflop.IsoFlopCurve;
import dev.isoflop.operator.plan.PlannedBudget;
import dev.isoflop.operator.sweep.state.SweepProgress;
import dev.isoflop.operator.sweep.state.TrialState;
import dev.isoflop.trial.OutcomeType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The curves and laws fitted to the trials of a sweep that have succeeded so far.
 *
 * @param complete budgets whose curves were fitted: those whose trials have all ended, and once the
 *     sweep is finished all
 * @param curves one per such budget that has points
 * @param laws from all curves, or without that of the largest planned budget where it is held out;
 *     empty while no law can be asked for yet
 * @param heldOut the budget that the laws must not see
 * @param provisional whether further trials will still change them
 */
public record FittedLaws(
    Set<Double> complete,
    List<IsoFlopCurve> curves,
    Optional<Laws> laws,
    OptionalDouble heldOut,
    boolean provisional) {

  /** Curves that a law needs. */
  public static final int CURVES_NEEDED = 3;

  public static FittedLaws of(SweepProgress progress, LawSource source, String software) {
    ScalingSweepSpec spec = progress.observed().spec();
    boolean finished = progress.finished();
    Set<Double> complete =
        finished
            ? Set.copyOf(progress.plan().budgets().stream().map(PlannedBudget::flops).toList())
            : progress.completeBudgets();
    OptionalDouble heldOut =
        spec.laws().holdOutLargest()
            ? progress.plan().budgets().stream().mapToDouble(PlannedBudget::flops).max()
            : OptionalDouble.empty();
    ComparableMeasurements alike =
        ComparableMeasurements.of(
            progress.trials().stream()
                .filter(trial -> trial.ended(OutcomeType.Succeeded))
                .filter(trial -> complete.contains(trial.planned().budget()))
                .map(FittedLaws::measured)
                .toList());
    List<TrainedPoint> points = alike.points();
    if (points.isEmpty()) {
      return new FittedLaws(complete, List.of(), Optional.empty(), heldOut, !finished);
    }
    Laws laws =
        source
            .fit(points, FitOptions.of(spec, software, points))
            .measured(alike.records(), alike.findings());
    boolean worthwhile = finished || laws.curves().size() >= CURVES_NEEDED;
    return new FittedLaws(
        complete,
        laws.allCurves(),
        worthwhile ? Optional.of(laws) : Optional.empty(),
        heldOut,
        !finished);
  }

  private static ComparableMeasurements.Measured measured(TrialState trial) {
    return new ComparableMeasurements.Measured(
        trial.name(),
        trial.planned().experiment(),
        requireNonNull(trial.status().result(), "a succeeded trial has a result"));
  }

  /** A trial that succeeded, as a point. */
  public static TrainedPoint point(TrialState trial) {
    ComparableMeasurements.Measured measured = measured(trial);
    return TrialPoint.of(measured.name(), measured.experiment(), measured.result());
  }

  /** The curve of a budget, if it was fitted. */
  public Optional<IsoFlopCurve> curve(double flops) {
    return curves.stream().filter(curve -> curve.points().get(0).budget() == flops).findFirst();
  }

  /** Whether the laws that a sweep is for are there. */
  public boolean fitted() {
    return laws.filter(
            found ->
                LawQuantity.mainOnes().stream()
                    .allMatch(quantity -> found.law(quantity).value().isPresent()))
        .isPresent();
  }
}
