package dev.isoflop.operator.sweep.status;

import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.api.v1alpha1.status.BudgetStatus;
import dev.isoflop.api.v1alpha1.status.OptimumStatus;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.finding.FitError;
import dev.isoflop.laws.isoflop.IsoFlopCurve;
import dev.isoflop.laws.isoflop.Optimum;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.plan.PlannedBudget;
import dev.isoflop.operator.sweep.laws.FittedLaws;
import dev.isoflop.operator.sweep.state.SweepProgress;
import dev.isoflop.operator.sweep.state.Text;
import dev.isoflop.operator.sweep.state.TrialState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The isoFLOP curves in the words of the status: one entry for each budget, fitted or not. */
public final class CurveMapping {
  private CurveMapping() {}

  static List<BudgetStatus> of(SweepProgress progress, FittedLaws fitted) {
    return progress.plan().budgets().stream()
        .map(budget -> budget(budget, progress, fitted))
        .toList();
  }

  private static BudgetStatus budget(
      PlannedBudget budget, SweepProgress progress, FittedLaws fitted) {
    List<TrialState> trials =
        progress.trials().stream()
            .filter(trial -> trial.planned().budget() == budget.flops())
            .toList();
    Optional<IsoFlopCurve> curve = fitted.curve(budget.flops());
    return curve
        .map(
            found ->
                status(
                    budget.flops(),
                    trials.size(),
                    extra(budget, progress),
                    found,
                    new Remedies(progress, fitted)::message))
        .orElseGet(
            () ->
                new BudgetStatus(
                    budget.flops(),
                    trials.size(),
                    0,
                    extra(budget, progress),
                    null,
                    null,
                    null,
                    missing(trials)));
  }

  private static @Nullable Integer extra(PlannedBudget budget, SweepProgress progress) {
    int sizes = progress.extraSizes(budget);
    return sizes == 0 ? null : sizes;
  }

  /** Why a budget has no curve. */
  private static String missing(List<TrialState> trials) {
    long ended = trials.stream().filter(TrialState::ended).count();
    return ended == trials.size()
        ? "none of its %s succeeded; see their messages"
            .formatted(NumberFormat.several(ended, "trial"))
        : "%d of %s ended".formatted(ended, NumberFormat.several(trials.size(), "trial"));
  }

  /** One curve by itself: all of its points are trials of its budget. */
  public static BudgetStatus of(IsoFlopCurve curve) {
    return status(curve.budget(), curve.points().size(), null, curve, Finding::message);
  }

  private static BudgetStatus status(
      double flops,
      int trials,
      @Nullable Integer extraSizes,
      IsoFlopCurve curve,
      Function<Finding, String> words) {
    return new BudgetStatus(
        flops,
        trials,
        curve.points().size(),
        extraSizes,
        curve.optimum().value().map(CurveMapping::optimum).orElse(null),
        interior(curve).orElse(null),
        finite(curve.rSquared()),
        curve
            .optimum()
            .refusal()
            .map(words)
            .map(message -> Text.clip(message, Bounds.CURVE_MESSAGE))
            .orElse(null));
  }

  private static OptimumStatus optimum(Optimum optimum) {
    return new OptimumStatus(
        optimum.parameters(),
        optimum.tokens(),
        finite(optimum.samples()),
        optimum.loss(),
        optimum.parametersInterval().map(LawMapping::interval).orElse(null));
  }

  /** Whether the minimum lies among the sizes; unknown where the curve has none. */
  private static Optional<Boolean> interior(IsoFlopCurve curve) {
    if (curve.optimum().value().isPresent()) {
      return Optional.of(true);
    }
    return curve
        .optimum()
        .refusal()
        .filter(FitError.OptimumOutsideRange.class::isInstance)
        .map(outside -> false);
  }

  private static @Nullable Double finite(OptionalDouble value) {
    return value.isPresent() && Double.isFinite(value.getAsDouble()) ? value.getAsDouble() : null;
  }
}
