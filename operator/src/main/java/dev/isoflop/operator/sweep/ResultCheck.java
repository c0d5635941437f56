package dev.isoflop.operator.sweep;

import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.trial.Metric;
import dev.isoflop.trial.MetricValue;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialResult;
import java.util.Optional;

/** Whether a result is what the planned trial had to deliver. Numbers that are not never enter. */
final class ResultCheck {

  private ResultCheck() {}

  /** What is wrong with the result, for people; empty if nothing is. */
  static Optional<String> problem(PlannedTrial planned, TrialResult result) {
    if (!planned.key().equals(result.key())) {
      return Optional.of(
          "its result is that of another experiment (key %s instead of %s)"
              .formatted(result.key(), planned.key()));
    }
    return result.outcome().type() == OutcomeType.Succeeded
        ? problemOfSuccess(planned, result)
        : Optional.empty();
  }

  private static Optional<String> problemOfSuccess(PlannedTrial planned, TrialResult result) {
    long steps = planned.experiment().steps();
    if (result.steps() != steps) {
      return Optional.of("its result reports %d of %d steps".formatted(result.steps(), steps));
    }
    long parameters = planned.shape().parameters();
    if (result.parameters() != parameters) {
      return Optional.of(
          "its result counts %d parameters where the plan has %d"
              .formatted(result.parameters(), parameters));
    }
    String dataset = planned.experiment().data().evaluation().get(0).name();
    Optional<Double> loss = result.metric(Metric.ValidationLoss, dataset).map(MetricValue::value);
    if (loss.isEmpty()) {
      return Optional.of("its result has no ValidationLoss on '%s'".formatted(dataset));
    }
    return loss.filter(Double::isFinite).isPresent()
        ? Optional.empty()
        : Optional.of("its result has ValidationLoss %s on '%s'".formatted(loss.get(), dataset));
  }
}
