package dev.isoflop.operator.meters;

import dev.isoflop.metric.MetricNames;
import dev.isoflop.metric.MetricValue;
import dev.isoflop.trial.LeftOut;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Measurements of each trial that succeeded, among them the points of the isoFLOP curves: size and
 * loss. They outlive the workers, which show their last measurement too briefly to be scraped for
 * certain.
 */
final class PointReadings {
  /**
   * Trials shown of one sweep: those that ended last. A sweep of ten thousand trials must not fill
   * the Prometheus that watches it.
   */
  static final int MOST = 1000;

  /** Measurements shown of one sweep, of the trials that ended last. */
  static final int MOST_RESULTS = 5000;

  private PointReadings() {}

  static List<Reading> of(Collection<MeasuredTrial> trials) {
    List<Reading> points = new ArrayList<>();
    List<Reading> results = new ArrayList<>();
    trials.stream()
        .sorted(
            Comparator.comparing(MeasuredTrial::completed)
                .reversed()
                .thenComparing(MeasuredTrial::name))
        .limit(MOST)
        .forEach(trial -> add(points, results, trial));
    points.addAll(results.subList(0, Math.min(results.size(), MOST_RESULTS)));
    return points;
  }

  private static void add(List<Reading> points, List<Reading> results, MeasuredTrial trial) {
    String budget = Double.toString(trial.budget());
    String[] tags = {MetricNames.TRIAL, trial.name(), MetricNames.BUDGET, budget};
    points.add(Reading.of(MeterNames.TRIAL_PARAMETERS, trial.parameters(), tags));
    points.add(
        Reading.of(
            MeterNames.TRIAL_LOSS,
            trial.loss(),
            MetricNames.TRIAL,
            trial.name(),
            MetricNames.BUDGET,
            budget,
            MeterNames.PARAMETERS,
            Long.toString(Math.round(trial.parameters()))));
    for (MetricValue measured : trial.result().metrics()) {
      results.add(
          Reading.of(
              MeterNames.TRIAL_RESULT,
              measured.value(),
              MetricNames.TRIAL,
              trial.name(),
              MetricNames.BUDGET,
              budget,
              MeterNames.METRIC,
              measured.metric().name(),
              MetricNames.DATASET,
              measured.dataset()));
    }
    for (LeftOut set : trial.result().leftOutOfSets()) {
      results.add(
          Reading.of(
              MeterNames.TRIAL_BROKEN_SAMPLES,
              (double) set.samples(),
              MetricNames.TRIAL,
              trial.name(),
              MetricNames.BUDGET,
              budget,
              MetricNames.FIELD,
              set.field(),
              MetricNames.DATASET,
              set.dataset()));
    }
  }
}
