package dev.isoflop.operator.sweep;

import dev.isoflop.trial.MetricValue;
import dev.isoflop.trial.TrialResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A result as the API server takes it. JSON has no word for what is no finite number, and one that
 * is refused would be sent again without end; the worker's own file keeps it.
 */
final class StorableResult {
  private StorableResult() {}

  static TrialResult of(TrialResult result) {
    return new TrialResult(
        result.trial(),
        result.key(),
        result.outcome(),
        result.parameters(),
        result.totalParameters(),
        result.steps(),
        orZero(result.samples()),
        orZero(result.tokens()),
        orZero(result.flops()),
        orNull(result.trainLoss()),
        metrics(result.metrics()),
        orZero(result.trainingSeconds()),
        orZero(result.evaluationSeconds()),
        orNull(result.modelFlopsUtilization()),
        result.software());
  }

  private static List<MetricValue> metrics(List<MetricValue> metrics) {
    return metrics.stream()
        .filter(value -> Double.isFinite(value.value()))
        .map(
            value ->
                new MetricValue(
                    value.metric(),
                    value.dataset(),
                    value.value(),
                    orNull(value.standardError()),
                    value.samples(),
                    value.provenance()))
        .toList();
  }

  private static double orZero(double value) {
    return Double.isFinite(value) ? value : 0;
  }

  private static @Nullable Double orNull(@Nullable Double value) {
    return value != null && Double.isFinite(value) ? value : null;
  }
}
