package dev.isoflop.laws.fit;

import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.finding.FitError;
import dev.isoflop.laws.isoflop.CurveBootstrap;
import dev.isoflop.laws.isoflop.Optimum;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.stats.Interval;
import dev.isoflop.laws.stats.LogLine;
import dev.isoflop.laws.stats.Percentiles;
import dev.isoflop.laws.stats.Trend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Compares every metric's evaluation sets with a reference set. */
final class DomainOffsets {

  private final LawOptions options;
  private final List<Optimum> optima;
  private final List<MetricSeries> series;
  private final CurveBootstrap bootstrap;

  DomainOffsets(
      LawOptions options,
      List<Optimum> optima,
      List<MetricSeries> series,
      CurveBootstrap bootstrap) {
    this.options = options;
    this.optima = optima;
    this.series = series;
    this.bootstrap = bootstrap;
  }

  /** One offset for every further set of a metric that at least three budgets measured on both. */
  List<DomainOffset> all() {
    SortedMap<String, List<Integer>> byMetric = new TreeMap<>();
    for (int i = 0; i < series.size(); i++) {
      byMetric.computeIfAbsent(series.get(i).metric(), metric -> new ArrayList<>()).add(i);
    }
    List<DomainOffset> offsets = new ArrayList<>();
    for (List<Integer> sets : byMetric.values()) {
      int reference = reference(sets);
      for (int set : sets) {
        if (set != reference) {
          offset(set, reference).ifPresent(offsets::add);
        }
      }
    }
    return offsets;
  }

  private int reference(List<Integer> sets) {
    for (int set : sets) {
      if (options.referenceDataset().filter(series.get(set).dataset()::equals).isPresent()) {
        return set;
      }
    }
    return sets.get(0);
  }

  private Optional<DomainOffset> offset(int set, int reference) {
    List<Integer> curves = new ArrayList<>();
    for (int i = 0; i < optima.size(); i++) {
      if (value(i, set) > 0 && value(i, reference) > 0) {
        curves.add(i);
      }
    }
    if (curves.size() < FitError.TooFewBudgets.NEEDED) {
      return Optional.empty();
    }
    double[] x = curves.stream().mapToDouble(i -> StrictMath.log(optima.get(i).budget())).toArray();
    double[] equal = new double[x.length];
    Arrays.fill(equal, 1);
    double[] logRatios =
        curves.stream()
            .mapToDouble(i -> StrictMath.log(value(i, set) / value(i, reference)))
            .toArray();
    double[] differences =
        curves.stream().mapToDouble(i -> value(i, set) - value(i, reference)).toArray();
    LogLine ratio = LogLine.fit(x, logRatios, equal);
    LogLine difference = LogLine.fit(x, differences, equal);
    double t = ratio.t(options.confidence());
    Interval slope = Interval.around(ratio.slope(), t * StrictMath.sqrt(ratio.slopeVariance()));
    double decade = StrictMath.log(10);
    double perDecade = decade * difference.slope();
    Interval change =
        Interval.around(perDecade, decade * t * StrictMath.sqrt(difference.slopeVariance()));
    return Optional.of(
        new DomainOffset(
            series.get(set).metric(),
            series.get(set).dataset(),
            series.get(reference).dataset(),
            StrictMath.exp(ratio.centreValue()),
            ratio.slope(),
            slope,
            resampled(x, curves, set, reference),
            Trend.ofGap(ratio.centreValue(), slope),
            difference.centreValue(),
            perDecade,
            change,
            Trend.ofGap(difference.centreValue(), change),
            x.length));
  }

  private double value(int optimum, int set) {
    return optima.get(optimum).metrics().getOrDefault(series.get(set), Double.NaN);
  }

  private Optional<Interval> resampled(double[] x, List<Integer> curves, int set, int reference) {
    List<Double> slopes = new ArrayList<>();
    for (int resample = 0; resample < options.bootstrap(); resample++) {
      double[] ours = bootstrap.metric(set, resample);
      double[] theirs = bootstrap.metric(reference, resample);
      double[] counts = bootstrap.multiplicities(resample);
      double[] y = curves.stream().mapToDouble(i -> StrictMath.log(ours[i] / theirs[i])).toArray();
      if (Arrays.stream(y).allMatch(Double::isFinite)) {
        double[] weights = curves.stream().mapToDouble(i -> counts[i]).toArray();
        slopes.add(LogLine.fit(x, y, weights).slope());
      }
    }
    return slopes.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Percentiles.central(
                slopes.stream().mapToDouble(Double::doubleValue).toArray(), options.confidence()));
  }
}
