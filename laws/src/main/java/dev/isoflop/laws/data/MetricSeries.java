package dev.isoflop.laws.data;

import java.util.Comparator;

/**
 * One metric on one evaluation set: the unit that gets a law of its own.
 *
 * @param metric such as {@code FID}
 * @param dataset the evaluation set's name, empty when the points come without one
 */
public record MetricSeries(String metric, String dataset)
    implements LawSubject, Comparable<MetricSeries> {

  private static final Comparator<MetricSeries> ORDER =
      Comparator.comparing(MetricSeries::metric).thenComparing(MetricSeries::dataset);

  public MetricSeries {
    if (metric.isBlank()) {
      throw new IllegalArgumentException("metric: is blank; name the metric, such as FID");
    }
  }

  @Override
  public int compareTo(MetricSeries other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String title() {
    return toString();
  }

  @Override
  public String law() {
    return this + " (C)";
  }

  @Override
  public boolean mayLevelOff() {
    return true;
  }

  /** {@code FID on coco-2014}, or {@code FID} alone. */
  @Override
  public String toString() {
    return dataset.isEmpty() ? metric : metric + " on " + dataset;
  }
}
