package dev.isoflop.operator.collect;

import dev.isoflop.metric.MetricNames;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The metrics of one trial, put together sample by sample. Of samples of one name the first that is
 * a number counts; of names that nobody asks for, only that the trial is known.
 */
final class TrialValues {
  /** Names of the metrics that are asked for. */
  static final List<String> NAMES =
      List.of(
          MetricNames.STEP,
          MetricNames.PROGRESS,
          MetricNames.TRAIN_LOSS,
          MetricNames.GRADIENT_NORM,
          MetricNames.TOKENS,
          MetricNames.SAMPLES,
          MetricNames.FLOPS,
          MetricNames.MODEL_FLOPS_UTILIZATION,
          MetricNames.CHECKPOINT_AGE);

  private final double[] values = new double[NAMES.size()];
  private boolean known;

  TrialValues() {
    Arrays.fill(values, Double.NaN);
  }

  void add(String name, double value) {
    known = true;
    int index = NAMES.indexOf(name);
    if (index >= 0 && Double.isNaN(values[index])) {
      values[index] = value;
    }
  }

  /** The scrape of the trial at a time. */
  Scrape scrape(Instant now) {
    return known ? new Scrape.Scraped(now, metrics()) : new Scrape.Silent(now);
  }

  private WorkerMetrics metrics() {
    return new WorkerMetrics(
        value(MetricNames.STEP),
        value(MetricNames.PROGRESS),
        value(MetricNames.TRAIN_LOSS),
        value(MetricNames.GRADIENT_NORM),
        value(MetricNames.TOKENS),
        value(MetricNames.SAMPLES),
        value(MetricNames.FLOPS),
        value(MetricNames.MODEL_FLOPS_UTILIZATION),
        value(MetricNames.CHECKPOINT_AGE));
  }

  private OptionalDouble value(String name) {
    double value = values[NAMES.indexOf(name)];
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
