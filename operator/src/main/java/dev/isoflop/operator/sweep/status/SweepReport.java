package dev.isoflop.operator.sweep.status;

import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.status.LawsStatus;
import dev.isoflop.api.v1alpha1.status.SweepColumns;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.powerlaw.PowerLaw;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.sweep.laws.FittedLaws;
import dev.isoflop.operator.sweep.state.SweepProgress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the status of a sweep that has a plan. Its size follows the budgets, not the trials. */
public final class SweepReport {
  private final SweepProgress progress;
  private final FittedLaws fitted;

  public SweepReport(SweepProgress progress, FittedLaws fitted) {
    this.progress = progress;
    this.fitted = fitted;
  }

  public ScalingSweepStatus status() {
    ScalingSweepSpec spec = progress.observed().spec();
    return new ScalingSweepStatus(
        progress.observed().generation(),
        new SweepConditions(progress, fitted).list(),
        progress.counts(),
        SweepCost.of(progress),
        CurveMapping.of(progress, fitted),
        laws(spec),
        PredictionMapping.of(progress, fitted),
        fitted.laws().flatMap(SweepReport::columns).orElse(null),
        retry());
  }

  /** The latest request that was met; with this decision's actions, that is the one observed. */
  private @Nullable String retry() {
    return progress
        .observed()
        .retry()
        .filter(token -> !token.isBlank())
        .or(() -> progress.observed().status().map(ScalingSweepStatus::retry))
        .orElse(null);
  }

  private static Optional<SweepColumns> columns(Laws laws) {
    Optional<PowerLaw> parameters = laws.parameters().value();
    Optional<PowerLaw> tokens = laws.tokens().value();
    return parameters.isEmpty() && tokens.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SweepColumns(
                parameters.map(PowerLaw::exponent).map(SweepReport::threeDigits).orElse(null),
                tokens.map(PowerLaw::exponent).map(SweepReport::threeDigits).orElse(null),
                parameters.map(PowerLaw::rSquared).map(SweepReport::threeDigits).orElse(null)));
  }

  private static String threeDigits(double value) {
    return NumberFormat.decimal(value, 3);
  }

  private @Nullable LawsStatus laws(ScalingSweepSpec spec) {
    String first = spec.data().evaluation().get(0).name();
    return fitted
        .laws()
        .map(
            found ->
                LawMapping.of(
                    found, first, spec.flopConvention(), new Remedies(progress, fitted)::message))
        .orElse(null);
  }
}
