package dev.isoflop.operator.laws;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The points of one curve as columns of logarithms, ready to be fitted again and again from
 * resampled rows.
 */
final class CurveSample {

  private final double[] logParameters;
  private final double[] logTokens;
  private final double[] scaledLoss;
  private final double[] weights;
  private final List<MetricSeries> series;
  private final double[][] metrics; // [series][row], NaN where a trial lacks it

  CurveSample(List<TrainedPoint> points, LossScale scale, List<MetricSeries> series) {
    int n = points.size();
    this.series = series;
    logParameters = new double[n];
    logTokens = new double[n];
    scaledLoss = new double[n];
    weights = new double[n];
    metrics = new double[series.size()][n];
    for (int i = 0; i < n; i++) {
      TrainedPoint point = points.get(i);
      logParameters[i] = StrictMath.log(point.parameters());
      logTokens[i] = StrictMath.log(point.tokens());
      scaledLoss[i] = scale.forward(point.loss().value());
      weights[i] = 1;
      for (int j = 0; j < series.size(); j++) {
        Measurement measured = point.metrics().get(series.get(j));
        metrics[j][i] = measured == null ? Double.NaN : measured.value();
      }
    }
  }

  int size() {
    return logParameters.length;
  }

  double smallest() {
    return logParameters[0];
  }

  double largest() {
    return logParameters[logParameters.length - 1];
  }

  /** The loss parabola of the given rows, empty when they hold fewer than three sizes. */
  Optional<Parabola> parabola(int[] rows) {
    return Parabola.fit(pick(logParameters, rows), pick(scaledLoss, rows), pick(weights, rows));
  }

  /** Log tokens at a log size: quadratic in log N, exact for C = kND. */
  double logTokensAt(double x, int[] rows) {
    return smoothAt(x, pick(logParameters, rows), pick(logTokens, rows));
  }

  /**
   * A metric of the model of a given log size, NaN when the rows hold it at fewer than three sizes.
   * Positive metrics are smoothed on their logarithm.
   */
  double metricAt(int index, double x, int[] rows) {
    double[] column = metrics[index];
    int known = 0;
    boolean positive = true;
    for (int row : rows) {
      if (!Double.isNaN(column[row])) {
        known++;
        positive &= column[row] > 0;
      }
    }
    double[] sizes = new double[known];
    double[] values = new double[known];
    int next = 0;
    for (int row : rows) {
      if (!Double.isNaN(column[row])) {
        sizes[next] = logParameters[row];
        values[next] = positive ? StrictMath.log(column[row]) : column[row];
        next++;
      }
    }
    double smooth = smoothAt(x, sizes, values);
    return positive ? StrictMath.exp(smooth) : smooth;
  }

  List<MetricSeries> series() {
    return series;
  }

  int[] allRows() {
    int[] rows = new int[size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i;
    }
    return rows;
  }

  private static double smoothAt(double x, double[] sizes, double[] values) {
    double[] equal = new double[sizes.length];
    Arrays.fill(equal, 1);
    return Parabola.fit(sizes, values, equal).map(parabola -> parabola.at(x)).orElse(Double.NaN);
  }

  private static double[] pick(double[] column, int[] rows) {
    double[] picked = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      picked[i] = column[rows[i]];
    }
    return picked;
  }
}
