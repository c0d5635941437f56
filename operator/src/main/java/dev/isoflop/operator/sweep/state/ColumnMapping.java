package dev.isoflop.operator.sweep.state;

import dev.isoflop.api.v1alpha1.status.TrialColumns;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.metric.Metric;
import dev.isoflop.metric.MetricValue;
import dev.isoflop.trial.TrialResult;
import org.jspecify.annotations.Nullable;

/** Rounds a trial's result for its columns. */
final class ColumnMapping {
  private ColumnMapping() {}

  static TrialColumns of(TrialResult result) {
    return new TrialColumns(
        NumberFormat.count(result.tokens()),
        first(result, Metric.ValidationLoss),
        first(result, Metric.FID));
  }

  private static @Nullable String first(TrialResult result, Metric metric) {
    return result.metrics().stream()
        .filter(value -> value.metric() == metric)
        .map(MetricValue::value)
        .findFirst()
        .map(NumberFormat::number)
        .orElse(null);
  }
}
