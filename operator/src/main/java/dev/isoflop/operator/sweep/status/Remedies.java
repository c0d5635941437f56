package dev.isoflop.operator.sweep.status;

import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.finding.FitError;
import dev.isoflop.laws.finding.FitWarning;
import dev.isoflop.laws.isoflop.IsoFlopCurve;
import dev.isoflop.operator.plan.GridAdvice;
import dev.isoflop.operator.plan.PlannedBudget;
import dev.isoflop.operator.sweep.laws.FittedLaws;
import dev.isoflop.operator.sweep.laws.OutsideOptimum;
import dev.isoflop.operator.sweep.observe.SweepObservation;
import dev.isoflop.operator.sweep.state.SweepProgress;
import java.util.Optional;

/**
 * Messages of findings in a sweep: the finding, and once the sweep is over the edit of its manifest
 * that answers it.
 */
final class Remedies {
  private final SweepProgress progress;
  private final FittedLaws fitted;

  Remedies(SweepProgress progress, FittedLaws fitted) {
    this.progress = progress;
    this.fitted = fitted;
  }

  String message(Finding finding) {
    return fitted.provisional()
        ? finding.message()
        : edit(finding).map(edit -> finding.message() + ": " + edit).orElse(finding.message());
  }

  private Optional<String> edit(Finding finding) {
    if (finding instanceof FitError.OptimumOutsideRange outside) {
      return beyond(outside.budget());
    }
    if (finding instanceof FitError.NotConvex straight) {
      return Optional.of(beyond(straight.budget()).orElseGet(() -> advice().repeats()));
    }
    if (finding instanceof FitWarning.FewSizes few) {
      return advice().moreSizes(few.budget(), FitWarning.FewSizes.COMFORTABLE);
    }
    if (finding instanceof FitWarning.CurvatureUncertain) {
      return Optional.of(advice().repeats());
    }
    return Optional.empty();
  }

  private Optional<String> beyond(double flops) {
    Optional<IsoFlopCurve> curve = fitted.curve(flops);
    Optional<PlannedBudget> budget =
        progress.plan().budgets().stream().filter(it -> it.flops() == flops).findFirst();
    return budget.flatMap(
        found ->
            curve
                .flatMap(OutsideOptimum::of)
                .map(
                    outside ->
                        outside.supported(found.shapes())
                            ? advice()
                                .sizesBeyond(
                                    found,
                                    progress.extraSizes(found),
                                    outside.above(),
                                    outside.vertex())
                            : "trials of sizes there did not succeed; see their messages"));
  }

  private GridAdvice advice() {
    SweepObservation observed = progress.observed();
    return new GridAdvice(observed.name(), observed.spec(), progress.planned());
  }
}
