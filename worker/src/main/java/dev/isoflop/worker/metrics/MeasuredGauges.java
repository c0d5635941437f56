package dev.isoflop.worker.metrics;

import static java.util.Objects.requireNonNull;

import dev.isoflop.metric.Metric;
import dev.isoflop.metric.MetricNames;
import dev.isoflop.metric.MetricValue;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Gauges of the metrics measured on the evaluation sets. */
final class MeasuredGauges {
  private final Map<Metric, Gauge> gauges = new EnumMap<>(Metric.class);

  MeasuredGauges(PrometheusRegistry registry) {
    for (Metric metric : Metric.values()) {
      gauges.put(
          metric,
          Gauge.builder()
              .name(MetricNames.of(metric))
              .help(help(metric))
              .labelNames(MetricNames.DATASET_LABELS.toArray(String[]::new))
              .register(registry));
    }
  }

  private static String help(Metric metric) {
    return switch (metric) {
      case ValidationLoss -> "Mean squared velocity error per element on an evaluation set.";
      case VLB -> "Variational bound on the negative log-likelihood of an evaluation set.";
      case Likelihood -> "Negative log-likelihood of an evaluation set by the probability flow.";
      case FID -> "Frechet distance of samples to an evaluation set, by a published network.";
      case KID -> "Kernel distance of samples to an evaluation set, by a published network.";
      case FrechetDistance -> "Frechet distance of samples to an evaluation set, by any network.";
      case KernelDistance -> "Kernel distance of samples to an evaluation set, by any network.";
    };
  }

  /** Shows a value under the labels of its trial. */
  void set(String[] trialLabels, MetricValue value) {
    String[] labels = Arrays.copyOf(trialLabels, trialLabels.length + 1);
    labels[trialLabels.length] = value.dataset();
    requireNonNull(gauges.get(value.metric())).labelValues(labels).set(value.value());
  }
}
