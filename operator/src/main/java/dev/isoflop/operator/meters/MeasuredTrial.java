package dev.isoflop.operator.meters;

import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.metric.Metric;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialResult;
import java.util.Optional;

/**
 * A trial that succeeded.
 *
 * @param completed when, as it stands in the status; empty if it does not
 * @param loss that the laws are fitted to
 */
record MeasuredTrial(
    String name,
    double budget,
    String completed,
    double parameters,
    double loss,
    TrialResult result) {

  /** Empty for a trial that did not succeed, or whose loss was not measured. */
  static Optional<MeasuredTrial> of(Trial trial) {
    if (trial.getStatus() == null || trial.getStatus().result() == null) {
      return Optional.empty();
    }
    TrialResult result = trial.getStatus().result();
    if (result.outcome().type() != OutcomeType.Succeeded) {
      return Optional.empty();
    }
    String completed = trial.getStatus().completionTime();
    String fitted = trial.getSpec().experiment().data().evaluation().get(0).name();
    return result
        .metric(Metric.ValidationLoss, fitted)
        .map(
            loss ->
                new MeasuredTrial(
                    trial.getMetadata().getName(),
                    trial.getSpec().experiment().budgetFlops(),
                    completed == null ? "" : completed,
                    result.parameters(),
                    loss.value(),
                    result));
  }
}
