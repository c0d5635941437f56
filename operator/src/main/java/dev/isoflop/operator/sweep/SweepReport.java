package dev.isoflop.operator.sweep;

import dev.isoflop.api.v1alpha1.LawsStatus;
import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import org.jspecify.annotations.Nullable;

/** Writes the status of a sweep that has a plan. Its size follows the budgets, not the trials. */
final class SweepReport {
  private final SweepProgress progress;
  private final FittedLaws fitted;

  SweepReport(SweepProgress progress, FittedLaws fitted) {
    this.progress = progress;
    this.fitted = fitted;
  }

  ScalingSweepStatus status() {
    ScalingSweepSpec spec = progress.observed().spec();
    return new ScalingSweepStatus(
        progress.observed().generation(),
        new SweepConditions(progress, fitted).list(),
        progress.counts(),
        SweepCost.of(progress),
        CurveMapping.of(progress, fitted),
        laws(spec),
        PredictionMapping.of(progress, fitted));
  }

  private @Nullable LawsStatus laws(ScalingSweepSpec spec) {
    String first = spec.data().evaluation().get(0).name();
    return fitted
        .laws()
        .map(found -> LawMapping.of(found, first, spec.flopConvention()))
        .orElse(null);
  }
}
