package dev.isoflop.operator.sweep.laws;

import dev.isoflop.laws.data.Measurement;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.finding.FitError;
import dev.isoflop.metric.Metric;
import dev.isoflop.metric.MetricValue;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.trial.TrialResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The points of a sweep, of each metric those alone that were measured alike. What a number means
 * is decided by its record: data, extractor, sampler, settings. Where trials of a sweep differ in
 * it, since data changed between them or a newer version measures otherwise, the record that most
 * of them have counts, and the others are left out with a finding.
 *
 * @param points a trial whose loss is unlike is absent; other unlike metrics are absent from it
 * @param records of each metric that has one, the loss among them
 */
public record ComparableMeasurements(
    List<TrainedPoint> points, SortedMap<MetricSeries, String> records, List<Finding> findings) {
  private static final String UNKNOWN = "";

  /** A trial that succeeded. */
  public record Measured(String name, TrialExperiment experiment, TrialResult result) {}

  public ComparableMeasurements {
    points = List.copyOf(points);
    records = Collections.unmodifiableSortedMap(new TreeMap<>(records));
    findings = List.copyOf(findings);
  }

  /** The points of trials, in their order. */
  public static ComparableMeasurements of(List<Measured> trials) {
    SortedMap<MetricSeries, SortedMap<String, List<String>>> names = new TreeMap<>();
    for (Measured trial : trials) {
      for (MetricValue value : trial.result().metrics()) {
        names
            .computeIfAbsent(series(value), key -> new TreeMap<>())
            .computeIfAbsent(record(value), key -> new ArrayList<>())
            .add(trial.name());
      }
    }
    SortedMap<MetricSeries, String> common = new TreeMap<>();
    List<Finding> findings = new ArrayList<>();
    names.forEach(
        (series, byRecord) -> {
          String most = mostCommon(byRecord);
          common.put(series, most);
          List<String> unlike = new ArrayList<>();
          byRecord.forEach(
              (record, trialsOfIt) -> {
                if (!record.equals(most)) {
                  unlike.addAll(trialsOfIt);
                }
              });
          if (!unlike.isEmpty()) {
            int alike = Objects.requireNonNull(byRecord.get(most)).size();
            findings.add(new FitError.MeasuredOtherwise(series, unlike, alike));
          }
        });
    List<TrainedPoint> points = new ArrayList<>();
    for (Measured trial : trials) {
      point(trial, common, points);
    }
    common.values().removeIf(UNKNOWN::equals);
    return new ComparableMeasurements(points, common, findings);
  }

  private static String mostCommon(SortedMap<String, List<String>> byRecord) {
    String most = byRecord.firstKey();
    for (Map.Entry<String, List<String>> entry : byRecord.entrySet()) {
      if (entry.getValue().size() > Objects.requireNonNull(byRecord.get(most)).size()) {
        most = entry.getKey();
      }
    }
    return most;
  }

  private static void point(
      Measured trial, Map<MetricSeries, String> common, List<TrainedPoint> points) {
    TrainedPoint point = TrialPoint.of(trial.name(), trial.experiment(), trial.result());
    MetricSeries loss =
        new MetricSeries(
            Metric.ValidationLoss.name(), trial.experiment().data().evaluation().get(0).name());
    SortedMap<MetricSeries, Measurement> alike = new TreeMap<>(point.metrics());
    for (MetricValue value : trial.result().metrics()) {
      if (!record(value).equals(common.get(series(value)))) {
        if (series(value).equals(loss)) {
          return;
        }
        alike.remove(series(value));
      }
    }
    points.add(point.withMetrics(alike));
  }

  private static MetricSeries series(MetricValue value) {
    return new MetricSeries(value.metric().name(), value.dataset());
  }

  private static String record(MetricValue value) {
    return Objects.requireNonNullElse(value.provenance(), UNKNOWN);
  }
}
