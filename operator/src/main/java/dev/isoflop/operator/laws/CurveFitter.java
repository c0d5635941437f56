package dev.isoflop.operator.laws;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** Fits the isoFLOP parabola of one budget (Hoffmann et al. 2022, approach 2). */
final class CurveFitter {

  /** Sizes that differ by less than this share are one size; so close, they measure only noise. */
  private static final double SAME_SIZE = 1e-3;

  private final LawOptions options;
  private final List<MetricSeries> series;
  private final OptionalDouble tokensPerSample;

  CurveFitter(LawOptions options, List<MetricSeries> series, OptionalDouble tokensPerSample) {
    this.options = options;
    this.series = series;
    this.tokensPerSample = tokensPerSample;
  }

  /** The curve, and what a reader should know about it beyond a refusal of its optimum. */
  record Outcome(IsoFlopCurve curve, CurveSample sample, List<Reservation> reservations) {}

  Outcome fit(List<TrainedPoint> group) {
    double budget = BudgetGroups.representative(group);
    List<TrainedPoint> points = new ArrayList<>(group);
    points.sort(
        Comparator.comparingDouble(TrainedPoint::parameters).thenComparing(TrainedPoint.CANONICAL));
    CurveSample sample = new CurveSample(points, options.lossScale(), series);
    List<Reservation> reservations = new ArrayList<>();
    List<Double> sizes = distinctSizes(budget, points, reservations);
    if (sizes.size() < Refusal.TooFewSizes.NEEDED) {
      return new Outcome(
          new IsoFlopCurve(
              budget,
              points,
              Optional.empty(),
              Fit.refused(new Refusal.TooFewSizes(budget, sizes))),
          sample,
          reservations);
    }
    Parabola parabola = sample.parabola(sample.allRows()).orElseThrow();
    if (sizes.size() < Reservation.FewSizes.COMFORTABLE) {
      reservations.add(new Reservation.FewSizes(budget, sizes.size()));
    }
    Fit<Optimum> optimum = optimum(budget, sample, parabola);
    boolean bounded =
        optimum.value().map(found -> found.parametersInterval().isPresent()).orElse(true);
    if (!bounded && parabola.degreesOfFreedom() > 0) {
      reservations.add(new Reservation.CurvatureUncertain(budget));
    }
    IsoFlopCurve.CurveShape shape = new IsoFlopCurve.CurveShape(parabola, options.lossScale());
    return new Outcome(
        new IsoFlopCurve(budget, points, Optional.of(shape), optimum), sample, reservations);
  }

  private Fit<Optimum> optimum(double budget, CurveSample sample, Parabola parabola) {
    double smallest = sample.smallest();
    double largest = sample.largest();
    if (!parabola.convex()) {
      return Fit.refused(
          new Refusal.NotConvex(
              budget, StrictMath.exp(smallest), StrictMath.exp(largest), parabola.curvature()));
    }
    double vertex = parabola.vertex();
    if (vertex < smallest || vertex > largest) {
      Side side = vertex < smallest ? Side.BELOW : Side.ABOVE;
      return Fit.refused(
          new Refusal.OptimumOutsideRange(
              budget,
              side,
              StrictMath.exp(side == Side.BELOW ? smallest : largest),
              StrictMath.exp(vertex)));
    }
    int[] rows = sample.allRows();
    double tokens = StrictMath.exp(sample.logTokensAt(vertex, rows));
    SortedMap<MetricSeries, Double> metrics = new TreeMap<>();
    for (int j = 0; j < series.size(); j++) {
      double value = sample.metricAt(j, vertex, rows);
      if (!Double.isNaN(value)) {
        metrics.put(series.get(j), value);
      }
    }
    return Fit.of(
        new Optimum(
            budget,
            StrictMath.exp(vertex),
            tokens,
            tokensPerSample.isPresent()
                ? OptionalDouble.of(tokens / tokensPerSample.getAsDouble())
                : OptionalDouble.empty(),
            options.lossScale().inverse(parabola.at(vertex)),
            parabola.curvature(),
            parabola.rSquared(),
            vertexInterval(parabola),
            metrics));
  }

  private Optional<Interval> vertexInterval(Parabola parabola) {
    if (parabola.degreesOfFreedom() == 0) {
      return Optional.empty();
    }
    double t = StudentT.twoSided(options.confidence(), parabola.degreesOfFreedom());
    return parabola.vertexInterval(t, parabola.residualVariance()).map(Interval::exponential);
  }

  private static List<Double> distinctSizes(
      double budget, List<TrainedPoint> points, List<Reservation> reservations) {
    List<Double> sizes = new ArrayList<>();
    int repeats = 0;
    for (TrainedPoint point : points) {
      boolean repeated =
          !sizes.isEmpty() && point.parameters() <= sizes.get(sizes.size() - 1) * (1 + SAME_SIZE);
      if (repeated) {
        repeats++;
      } else {
        noteRepeats(budget, sizes, repeats, reservations);
        sizes.add(point.parameters());
        repeats = 1;
      }
    }
    noteRepeats(budget, sizes, repeats, reservations);
    return sizes;
  }

  private static void noteRepeats(
      double budget, List<Double> sizes, int repeats, List<Reservation> reservations) {
    if (repeats > 1) {
      reservations.add(new Reservation.RepeatedSize(budget, sizes.get(sizes.size() - 1), repeats));
    }
  }
}
