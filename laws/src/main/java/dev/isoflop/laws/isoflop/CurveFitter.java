package dev.isoflop.laws.isoflop;

import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.finding.Fit;
import dev.isoflop.laws.finding.FitError;
import dev.isoflop.laws.finding.FitWarning;
import dev.isoflop.laws.finding.Side;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.stats.Interval;
import dev.isoflop.laws.stats.Parabola;
import dev.isoflop.laws.stats.StudentT;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** Fits the isoFLOP parabola of one budget (Hoffmann et al. 2022, approach 2). */
public final class CurveFitter {

  /** Sizes that differ by less than this share are one size; so close, they measure only noise. */
  private static final double SAME_SIZE = 1e-3;

  private final LawOptions options;

  public CurveFitter(LawOptions options) {
    this.options = options;
  }

  public FittedCurve fit(CurveSample sample) {
    double budget = sample.budget();
    List<FitWarning> reservations = new ArrayList<>();
    List<Double> sizes = distinctSizes(sample, reservations);
    Optional<Parabola> parabola =
        sizes.size() < FitError.TooFewSizes.NEEDED ? Optional.empty() : sample.parabola();
    if (parabola.isEmpty()) {
      FitError refusal = new FitError.TooFewSizes(budget, sizes);
      return new FittedCurve(
          new IsoFlopCurve(budget, sample.points(), Optional.empty(), Fit.refused(refusal)),
          sample,
          parabola,
          reservations);
    }
    if (sizes.size() < FitWarning.FewSizes.COMFORTABLE) {
      reservations.add(new FitWarning.FewSizes(budget, sizes.size()));
    }
    Fit<Optimum> optimum = optimum(sample, parabola.get());
    boolean bounded =
        optimum.value().map(found -> found.parametersInterval().isPresent()).orElse(true);
    if (!bounded && parabola.get().degreesOfFreedom() > 0) {
      reservations.add(new FitWarning.CurvatureUncertain(budget));
    }
    IsoFlopCurve.CurveShape shape =
        new IsoFlopCurve.CurveShape(parabola.get(), options.curves().lossScale());
    return new FittedCurve(
        new IsoFlopCurve(budget, sample.points(), Optional.of(shape), optimum),
        sample,
        parabola,
        reservations);
  }

  private Fit<Optimum> optimum(CurveSample sample, Parabola parabola) {
    double smallest = sample.smallest();
    double largest = sample.largest();
    if (!parabola.convex()) {
      return Fit.refused(
          new FitError.NotConvex(
              sample.budget(),
              StrictMath.exp(smallest),
              StrictMath.exp(largest),
              parabola.curvature()));
    }
    double vertex = parabola.vertex();
    if (vertex < smallest || vertex > largest) {
      Side side = vertex < smallest ? Side.BELOW : Side.ABOVE;
      return Fit.refused(
          new FitError.OptimumOutsideRange(
              sample.budget(),
              side,
              StrictMath.exp(side == Side.BELOW ? smallest : largest),
              StrictMath.exp(vertex)));
    }
    SortedMap<MetricSeries, Double> metrics = new TreeMap<>();
    for (MetricColumn column : sample.metrics()) {
      column
          .smooth(sample.logParameters())
          .ifPresent(smooth -> metrics.put(column.series(), column.read(smooth, vertex)));
    }
    return Fit.of(
        new Optimum(
            sample.budget(),
            StrictMath.exp(vertex),
            StrictMath.exp(sample.tokens().orElseThrow().at(vertex)),
            tokensAlone(sample),
            sample
                .samples()
                .map(smooth -> OptionalDouble.of(StrictMath.exp(smooth.at(vertex))))
                .orElse(OptionalDouble.empty()),
            options.curves().lossScale().inverse(parabola.at(vertex)),
            parabola.curvature(),
            parabola.rSquared(),
            vertexInterval(parabola),
            metrics));
  }

  private static OptionalDouble tokensAlone(CurveSample sample) {
    double logTokens =
        CurveSample.logTokensAlone(sample.logTokens(), sample.scaledLoss(), sample.weights());
    return Double.isNaN(logTokens)
        ? OptionalDouble.empty()
        : OptionalDouble.of(StrictMath.exp(logTokens));
  }

  private Optional<Interval> vertexInterval(Parabola parabola) {
    if (parabola.degreesOfFreedom() <= 0) {
      return Optional.empty();
    }
    double t = StudentT.twoSided(options.confidence(), parabola.degreesOfFreedom());
    return parabola.vertexInterval(t, parabola.residualVariance()).map(Interval::exponential);
  }

  private static List<Double> distinctSizes(CurveSample sample, List<FitWarning> reservations) {
    List<Double> sizes = new ArrayList<>();
    SortedMap<Double, Integer> repeated = new TreeMap<>(); // trials of each size that has several
    for (TrainedPoint point : sample.points()) {
      double last = sizes.isEmpty() ? 0 : sizes.get(sizes.size() - 1);
      if (point.parameters() <= last * (1 + SAME_SIZE)) {
        repeated.merge(last, 2, (trials, first) -> trials + 1);
      } else {
        sizes.add(point.parameters());
      }
    }
    if (!repeated.isEmpty()) {
      int trials = repeated.values().stream().mapToInt(Integer::intValue).sum();
      reservations.add(
          new FitWarning.RepeatedSizes(sample.budget(), List.copyOf(repeated.keySet()), trials));
    }
    return sizes;
  }
}
