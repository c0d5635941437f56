package dev.isoflop.laws.isoflop;

import dev.isoflop.laws.data.Measurement;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.options.LossScale;
import dev.isoflop.laws.stats.LogLine;
import dev.isoflop.laws.stats.Parabola;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The points of one curve as columns of logarithms, ascending in N, ready to be fitted again and
 * again from other rows, ordinates or weights.
 */
public final class CurveSample {

  private final double budget;
  private final List<TrainedPoint> points;
  private final double[] logParameters;
  private final double[] logTokens;
  private final double[] logSamples; // NaN where a point does not know its own
  private final double[] scaledLoss;
  private final double[] weights;
  private final List<MetricColumn> metrics;

  private CurveSample(
      double budget,
      List<TrainedPoint> points,
      double[] logParameters,
      double[] logTokens,
      double[] logSamples,
      double[] scaledLoss,
      double[] weights,
      List<MetricColumn> metrics) {
    this.budget = budget;
    this.points = points;
    this.logParameters = logParameters;
    this.logTokens = logTokens;
    this.logSamples = logSamples;
    this.scaledLoss = scaledLoss;
    this.weights = weights;
    this.metrics = metrics;
  }

  public static CurveSample of(
      List<TrainedPoint> group, LossScale scale, List<MetricSeries> series) {
    List<TrainedPoint> points = new ArrayList<>(group);
    points.sort(
        Comparator.comparingDouble(TrainedPoint::parameters).thenComparing(TrainedPoint.CANONICAL));
    List<MetricColumn> columns =
        series.stream().map(metric -> MetricColumn.of(metric, points)).toList();
    return new CurveSample(
        BudgetGroups.representative(group),
        List.copyOf(points),
        points.stream().mapToDouble(point -> StrictMath.log(point.parameters())).toArray(),
        points.stream().mapToDouble(point -> StrictMath.log(point.tokens())).toArray(),
        points.stream()
            .mapToDouble(point -> StrictMath.log(point.samples().orElse(Double.NaN)))
            .toArray(),
        points.stream().mapToDouble(point -> scale.forward(point.loss().value())).toArray(),
        precision(points, scale),
        columns);
  }

  /** The same points with their weights multiplied by the given factors. */
  public CurveSample reweighted(double[] factors) {
    double[] product = new double[weights.length];
    for (int i = 0; i < product.length; i++) {
      product[i] = weights[i] * factors[i];
    }
    return new CurveSample(
        budget, points, logParameters, logTokens, logSamples, scaledLoss, product, metrics);
  }

  /**
   * The same points as they would be at the budget of the curve.
   *
   * @param size exponent of N*
   * @param loss change of the scaled loss with log compute, by log budget
   */
  CurveSample aligned(double size, LogLine loss) {
    double slope = loss.at(StrictMath.log(budget));
    double[] n = logParameters.clone();
    double[] d = logTokens.clone();
    double[] s = logSamples.clone();
    double[] y = scaledLoss.clone();
    for (int i = 0; i < n.length; i++) {
      double excess = StrictMath.log(points.get(i).budget() / budget);
      n[i] -= size * excess;
      d[i] -= (1 - size) * excess;
      s[i] -= (1 - size) * excess;
      y[i] -= slope * excess;
    }
    return new CurveSample(budget, points, n, d, s, y, weights, metrics);
  }

  /**
   * Inverse variances of the scaled losses relative to their mean where every point knows its
   * error, else 1.
   */
  private static double[] precision(List<TrainedPoint> points, LossScale scale) {
    double[] weights = new double[points.size()];
    Arrays.fill(weights, 1);
    if (points.stream().anyMatch(point -> point.loss().standardError().isEmpty())) {
      return weights;
    }
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      Measurement loss = points.get(i).loss();
      double error = loss.standardError().orElseThrow();
      double scaled = scale == LossScale.LINEAR ? error : error / loss.value();
      weights[i] = 1 / (scaled * scaled);
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= weights.length / sum;
    }
    return weights;
  }

  public double budget() {
    return budget;
  }

  public List<TrainedPoint> points() {
    return points;
  }

  int size() {
    return points.size();
  }

  double[] logParameters() {
    return logParameters;
  }

  double[] logTokens() {
    return logTokens;
  }

  double[] scaledLoss() {
    return scaledLoss;
  }

  double[] weights() {
    return weights;
  }

  List<MetricColumn> metrics() {
    return metrics;
  }

  double smallest() {
    return Arrays.stream(logParameters).min().orElseThrow();
  }

  double largest() {
    return Arrays.stream(logParameters).max().orElseThrow();
  }

  /** The loss parabola of the points, empty when they hold fewer than three sizes. */
  Optional<Parabola> parabola() {
    return Parabola.fit(logParameters, scaledLoss, weights);
  }

  /** Log tokens as a function of log size: quadratic in log N, exact for C = kND. */
  Optional<Parabola> tokens() {
    return smooth(logTokens);
  }

  /** Log images as a function of log size; empty when a point does not know its own. */
  Optional<Parabola> samples() {
    return Arrays.stream(logSamples).anyMatch(Double::isNaN)
        ? Optional.empty()
        : smooth(logSamples);
  }

  private Optional<Parabola> smooth(double[] y) {
    double[] equal = new double[size()];
    Arrays.fill(equal, 1);
    return Parabola.fit(logParameters, y, equal);
  }

  /**
   * The vertex of the parabola in log D, NaN when it has no minimum: D* found without any cost
   * formula.
   */
  static double logTokensAlone(double[] logTokens, double[] scaledLoss, double[] weights) {
    Optional<Parabola> parabola = Parabola.fit(logTokens, scaledLoss, weights);
    return parabola.isPresent() && parabola.get().convex() ? parabola.get().vertex() : Double.NaN;
  }
}
