package dev.isoflop.operator.laws;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** From trained models to laws. Reusable and safe for any number of callers at once. */
public final class LawFitter {

  /** Resamples drawn again, as a share of all, from which the bootstrap is called unstable. */
  private static final double UNSTABLE = 0.05;

  private final Parallel parallel;

  /**
   * A fitter that may use several threads.
   *
   * @param threads for the bootstrap; the result does not depend on it
   */
  public LawFitter(int threads) {
    parallel = new Parallel(threads);
  }

  /**
   * Fits everything that the points allow. What they do not allow is refused in its own place and
   * listed among the findings; the call itself does not fail.
   *
   * @param points in any order
   */
  public Laws fit(List<TrainedPoint> points, LawOptions options) {
    List<TrainedPoint> canonical = new ArrayList<>(points);
    canonical.sort(TrainedPoint.CANONICAL);
    List<MetricSeries> series = List.copyOf(seriesOf(canonical));
    OptionalDouble tokensPerSample = tokensPerSample(canonical);
    CurveFitter curveFitter = new CurveFitter(options, series, tokensPerSample);

    List<Finding> findings = new ArrayList<>();
    List<IsoFlopCurve> curves = new ArrayList<>();
    List<Optimum> optima = new ArrayList<>();
    List<CurveSample> samples = new ArrayList<>();
    for (List<TrainedPoint> group : BudgetGroups.of(canonical, options.budgetTolerance())) {
      CurveFitter.Outcome outcome = curveFitter.fit(group);
      curves.add(outcome.curve());
      outcome.curve().optimum().refusal().ifPresent(findings::add);
      findings.addAll(outcome.reservations());
      outcome.curve().optimum().value().ifPresent(optima::add);
      if (outcome.curve().interior()) {
        samples.add(outcome.sample());
      }
    }

    CurveBootstrap bootstrap = new CurveBootstrap(samples, series.size(), options);
    bootstrap.run(parallel);
    noteInstability(optima, bootstrap, options, findings);

    LawBuilder builder = new LawBuilder(optima, bootstrap, new PowerLawFitter(options), findings);
    Fit<PowerLaw> parameters =
        builder.law("N*(C)", CurveBootstrap.Quantity.PARAMETERS, Optimum::parameters);
    Fit<PowerLaw> tokens = builder.law("D*(C)", CurveBootstrap.Quantity.TOKENS, Optimum::tokens);
    Fit<PowerLaw> loss = builder.law("loss(C)", CurveBootstrap.Quantity.LOSS, Optimum::loss);
    List<MetricLaw> metrics = new ArrayList<>();
    for (int j = 0; j < series.size(); j++) {
      MetricSeries metric = series.get(j);
      metrics.add(
          new MetricLaw(
              metric,
              builder.law(
                  metric + " (C)",
                  CurveBootstrap.Quantity.FIRST_METRIC + j,
                  optimum -> optimum.metrics().getOrDefault(metric, Double.NaN))));
    }
    Provenance provenance =
        new Provenance(
            InputDigest.of(canonical, options),
            options.software(),
            options.convention(),
            options.seed());
    return new Laws(
        curves, parameters, tokens, loss, metrics, tokensPerSample, findings, provenance);
  }

  /** Builds the laws of one set of optima, noting each refusal. */
  private record LawBuilder(
      List<Optimum> optima,
      CurveBootstrap bootstrap,
      PowerLawFitter fitter,
      List<Finding> findings) {

    Fit<PowerLaw> law(String name, int quantity, Function<Optimum, Double> value) {
      List<LawPoint> points = new ArrayList<>();
      List<Integer> curves = new ArrayList<>();
      for (int i = 0; i < optima.size(); i++) {
        double known = value.apply(optima.get(i));
        if (!Double.isNaN(known)) {
          points.add(new LawPoint(optima.get(i).budget(), known));
          curves.add(i);
        }
      }
      Fit<PowerLaw> law =
          fitter.fit(
              name,
              points,
              resample -> {
                double[] all = bootstrap.values(quantity, resample);
                return curves.stream().mapToDouble(curve -> all[curve]).toArray();
              });
      law.refusal().ifPresent(findings::add);
      return law;
    }
  }

  private static void noteInstability(
      List<Optimum> optima, CurveBootstrap bootstrap, LawOptions options, List<Finding> findings) {
    for (int i = 0; i < optima.size(); i++) {
      int rejected = bootstrap.rejected(i);
      int drawn = rejected + options.bootstrap();
      if (rejected > UNSTABLE * drawn) {
        findings.add(new Reservation.UnstableResamples(optima.get(i).budget(), rejected, drawn));
      }
    }
  }

  private static SortedSet<MetricSeries> seriesOf(List<TrainedPoint> points) {
    SortedSet<MetricSeries> series = new TreeSet<>();
    points.forEach(point -> series.addAll(point.metrics().keySet()));
    return series;
  }

  /** Tokens per image, if every point has it and all agree within a part in a thousand. */
  private static OptionalDouble tokensPerSample(List<TrainedPoint> points) {
    double smallest = Double.POSITIVE_INFINITY;
    double largest = 0;
    for (TrainedPoint point : points) {
      if (point.samples().isEmpty()) {
        return OptionalDouble.empty();
      }
      double ratio = point.tokens() / point.samples().getAsDouble();
      smallest = Math.min(smallest, ratio);
      largest = Math.max(largest, ratio);
    }
    return largest > 0 && largest <= smallest * 1.001
        ? OptionalDouble.of(StrictMath.sqrt(smallest * largest))
        : OptionalDouble.empty();
  }
}
