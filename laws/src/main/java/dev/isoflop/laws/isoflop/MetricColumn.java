package dev.isoflop.laws.isoflop;

import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.stats.Parabola;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One metric along one curve, smoothed by a quadratic in log N so that it can be read at the
 * optimum. Positive metrics are smoothed on their logarithm.
 */
final class MetricColumn {
  private final MetricSeries series;

  /** Which of the curve's points carry the metric. */
  private final int[] rows;

  /** Values at those points, as logarithms if {@code logarithmic}. */
  private final double[] values;

  private final boolean logarithmic;

  MetricColumn(MetricSeries series, int[] rows, double[] values, boolean logarithmic) {
    this.series = series;
    this.rows = rows;
    this.values = values;
    this.logarithmic = logarithmic;
  }

  MetricSeries series() {
    return series;
  }

  int[] rows() {
    return rows;
  }

  double[] values() {
    return values;
  }

  boolean logarithmic() {
    return logarithmic;
  }

  static MetricColumn of(MetricSeries series, List<TrainedPoint> points) {
    int[] rows =
        IntStream.range(0, points.size())
            .filter(i -> points.get(i).metrics().containsKey(series))
            .toArray();
    double[] values =
        Arrays.stream(rows)
            .mapToDouble(i -> Objects.requireNonNull(points.get(i).metrics().get(series)).value())
            .toArray();
    boolean logarithmic = Arrays.stream(values).allMatch(value -> value > 0);
    return new MetricColumn(
        series,
        rows,
        logarithmic ? Arrays.stream(values).map(StrictMath::log).toArray() : values,
        logarithmic);
  }

  /** The smooth curve through the points, empty when fewer than three sizes carry the metric. */
  Optional<Parabola> smooth(double[] logParameters) {
    double[] equal = new double[values.length];
    Arrays.fill(equal, 1);
    return smooth(logParameters, values, equal);
  }

  /** The smooth curve through other values or weights of the same points. */
  Optional<Parabola> smooth(double[] logParameters, double[] others, double[] weights) {
    double[] x = Arrays.stream(rows).mapToDouble(row -> logParameters[row]).toArray();
    return x.length == 0 ? Optional.empty() : Parabola.fit(x, others, weights);
  }

  /** The metric itself at a log size of a smooth curve. */
  double read(Parabola smooth, double x) {
    return logarithmic ? StrictMath.exp(smooth.at(x)) : smooth.at(x);
  }
}
