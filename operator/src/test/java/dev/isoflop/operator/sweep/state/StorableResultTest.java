package dev.isoflop.operator.sweep.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.metric.Metric;
import dev.isoflop.metric.MetricValue;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.TrialOutcome;
import dev.isoflop.trial.TrialResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class StorableResultTest {
  private static TrialResult result(
      double tokens, double trainLoss, List<MetricValue> metrics, double utilization) {
    return new TrialResult(
        "t",
        "k",
        TrialOutcome.excluded(OutcomeReason.Diverged, "the loss is not a number"),
        1,
        2,
        3,
        4,
        tokens,
        6,
        trainLoss,
        metrics,
        7,
        8,
        utilization,
        "worker");
  }

  private static MetricValue loss(String dataset, double value, double error) {
    return new MetricValue(Metric.ValidationLoss, dataset, value, error, 9, null);
  }

  @Test
  void whatIsFiniteStaysAsItIs() {
    TrialResult result = result(5, 0.5, List.of(loss("a", 0.25, 0.01)), 0.4);
    assertThat(StorableResult.of(result)).isEqualTo(result);
  }

  @Test
  void whatIsNotIsLeftOut() {
    TrialResult stored =
        StorableResult.of(
            result(
                Double.NaN,
                Double.POSITIVE_INFINITY,
                List.of(
                    loss("a", 0.25, Double.NaN),
                    loss("b", Double.NaN, 0.01),
                    loss("c", Double.NEGATIVE_INFINITY, 0.01)),
                Double.NaN));
    assertThat(stored.tokens()).isZero();
    assertThat(stored.trainLoss()).isNull();
    assertThat(stored.modelFlopsUtilization()).isNull();
    assertThat(stored.metrics())
        .containsExactly(new MetricValue(Metric.ValidationLoss, "a", 0.25, null, 9, null));
  }
}
