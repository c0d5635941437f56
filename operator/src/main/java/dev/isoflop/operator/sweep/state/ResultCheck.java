package dev.isoflop.operator.sweep.state;

import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.metric.Metric;
import dev.isoflop.metric.MetricValue;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialResult;
import java.util.Optional;

/** Whether a result is what the planned trial had to deliver. Numbers that are not never enter. */
public final class ResultCheck {

  /** Characters of a name in a message. */
  private static final int LONGEST_NAME = 80;

  /** Largest relative error of numbers that follow from the plan by the same sums. */
  private static final double RELATIVE_ERROR = 1e-9;

  private ResultCheck() {}

  /** The problem of a result, in words; empty if it has none. */
  static Optional<String> problem(PlannedTrial planned, TrialResult result) {
    if (!planned.key().equals(result.key())) {
      return Optional.of(
          "its result is that of another experiment (key %s instead of %s)"
              .formatted(result.key(), planned.key()));
    }
    if (!planned.name().equals(result.trial())) {
      return Optional.of(
          "its result is that of the trial '%s'"
              .formatted(Text.clip(String.valueOf(result.trial()), LONGEST_NAME)));
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
    Optional<String> number =
        differing("samples", result.samples(), planned.experiment().samples())
            .or(() -> differing("tokens", result.tokens(), planned.experiment().tokens()))
            .or(() -> differing("FLOPs", result.flops(), planned.experiment().flops()));
    if (number.isPresent()) {
      return number;
    }
    String dataset = planned.experiment().data().evaluation().get(0).name();
    Optional<Double> loss = result.metric(Metric.ValidationLoss, dataset).map(MetricValue::value);
    if (loss.isEmpty()) {
      return Optional.of("its result has no ValidationLoss on '%s'".formatted(dataset));
    }
    if (StorableResult.of(result).metric(Metric.ValidationLoss, dataset).isEmpty()
        && loss.filter(Double::isFinite).isPresent()) {
      return Optional.of(
          "its result has ValidationLoss on '%s' from no samples, or among too many measurements"
              .formatted(dataset));
    }
    return loss.filter(Double::isFinite).filter(value -> value >= 0).isPresent()
        ? Optional.empty()
        : Optional.of("its result has ValidationLoss %s on '%s'".formatted(loss.get(), dataset));
  }

  /** The problem of a number that the plan knows; NaN differs from every number. */
  private static Optional<String> differing(String what, double reported, double expected) {
    return Math.abs(reported - expected) <= RELATIVE_ERROR * expected
        ? Optional.empty()
        : Optional.of(
            "its result reports %s %s where the plan has %s"
                .formatted(
                    NumberFormat.significant(reported, 6),
                    what,
                    NumberFormat.significant(expected, 6)));
  }
}
