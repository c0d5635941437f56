package dev.isoflop.operator.sweep.state;

import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.metric.MetricValue;
import dev.isoflop.trial.LeftOut;
import dev.isoflop.trial.TrialOutcome;
import dev.isoflop.trial.TrialResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A result as the API server takes it. JSON has no word for what is no finite number, texts have
 * bounds, and a result that is refused would be sent again without end; the worker's own file keeps
 * it.
 */
final class StorableResult {
  private StorableResult() {}

  static TrialResult of(TrialResult result) {
    return new TrialResult(
        clip(result.trial(), Bounds.NAME),
        clip(result.key(), Bounds.KEY),
        of(result.outcome()),
        Math.max(0, result.parameters()),
        Math.max(0, result.totalParameters()),
        Math.max(0, result.steps()),
        orZero(result.samples()),
        orZero(result.tokens()),
        orZero(result.flops()),
        orNull(result.trainLoss()),
        metrics(result.metrics()),
        orZero(result.trainingSeconds()),
        orZero(result.evaluationSeconds()),
        share(result.modelFlopsUtilization()),
        clip(result.software(), Bounds.SOFTWARE),
        result.brokenSamples(),
        leftOut(result.leftOut()));
  }

  private static @Nullable List<LeftOut> leftOut(@Nullable List<LeftOut> sets) {
    return sets == null
        ? null
        : sets.stream()
            .filter(set -> set.field() != null && set.field().length() <= Bounds.DATASET)
            .filter(set -> set.dataset() != null && set.dataset().length() <= Bounds.DATASET)
            .filter(set -> set.samples() > 0)
            .limit(Bounds.DATASETS)
            .toList();
  }

  /** An outcome whose message fits. */
  static TrialOutcome of(TrialOutcome outcome) {
    return new TrialOutcome(
        outcome.type(), outcome.reason(), clipped(outcome.message(), Bounds.MESSAGE));
  }

  /** A text that fits; a worker of another release may have left one out. */
  private static String clip(String text, int longest) {
    return text == null ? text : Text.clip(text, longest);
  }

  private static @Nullable String clipped(@Nullable String text, int longest) {
    return text == null ? null : Text.clip(text, longest);
  }

  private static List<MetricValue> metrics(List<MetricValue> metrics) {
    return metrics.stream()
        .filter(value -> Double.isFinite(value.value()) && value.samples() > 0)
        .filter(value -> value.dataset().length() <= Bounds.DATASET)
        .limit(Bounds.METRICS)
        .map(
            value ->
                new MetricValue(
                    value.metric(),
                    value.dataset(),
                    value.value(),
                    orNull(value.standardError()),
                    value.samples(),
                    clipped(value.provenance(), Bounds.PROVENANCE)))
        .toList();
  }

  private static double orZero(double value) {
    return Double.isFinite(value) ? Math.max(0, value) : 0;
  }

  private static @Nullable Double orNull(@Nullable Double value) {
    return value != null && Double.isFinite(value) ? value : null;
  }

  private static @Nullable Double share(@Nullable Double value) {
    return value != null && value < 0 ? null : orNull(value);
  }
}
