package dev.isoflop.operator.collect;

import dev.isoflop.api.v1alpha1.status.TrialProgress;
import dev.isoflop.metric.MetricNames;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The progress of one trial as Prometheus knows it, put together sample by sample. Of samples of
 * one name the first that is a number counts; of names that nobody asks for, only that the trial is
 * known.
 */
final class TrialValues {
  /** Names of the metrics that are asked for. */
  static final List<String> NAMES =
      List.of(
          MetricNames.STEP,
          MetricNames.PROGRESS,
          MetricNames.TRAIN_LOSS,
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
    return known ? new Scrape.Scraped(now, progress()) : new Scrape.Silent(now);
  }

  private Optional<TrialProgress> progress() {
    double step = value(MetricNames.STEP);
    double ratio = value(MetricNames.PROGRESS);
    return Double.isNaN(step) || Double.isNaN(ratio)
        ? Optional.empty()
        : Optional.of(
            new TrialProgress(
                (long) step,
                ratio,
                value(MetricNames.TRAIN_LOSS),
                value(MetricNames.CHECKPOINT_AGE)));
  }

  /** NaN where no sample is a number. */
  private double value(String name) {
    return values[NAMES.indexOf(name)];
  }
}
