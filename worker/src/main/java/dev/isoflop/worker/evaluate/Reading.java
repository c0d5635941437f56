package dev.isoflop.worker.evaluate;

import dev.isoflop.metric.Metric;
import dev.isoflop.metric.MetricValue;

/**
 * A number, what it is of, and how it was measured.
 *
 * @param dataset name of the evaluation set
 */
public record Reading(
    Metric metric, String dataset, Measurement measurement, MeasurementRecord record) {

  /** The value in the trial's result. */
  public MetricValue value() {
    double error = measurement.standardError();
    return new MetricValue(
        metric,
        dataset,
        measurement.value(),
        Double.isNaN(error) ? null : error,
        measurement.examples(),
        record.digest());
  }
}
