package dev.isoflop.laws.fit;

import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.finding.Fit;
import dev.isoflop.laws.finding.FitError;
import dev.isoflop.laws.finding.FitWarning;
import dev.isoflop.laws.isoflop.CurveBootstrap;
import dev.isoflop.laws.isoflop.FittedCurve;
import dev.isoflop.laws.isoflop.Optimum;
import dev.isoflop.laws.options.BootstrapScheme;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.options.LawWeighting;
import dev.isoflop.laws.options.LossScale;
import dev.isoflop.laws.powerlaw.LawPoint;
import dev.isoflop.laws.powerlaw.PowerLaw;
import dev.isoflop.laws.powerlaw.PowerLawFitter;
import dev.isoflop.laws.stats.CounterRandom;
import dev.isoflop.laws.stats.Parabola;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Makes the laws of one set of optima, noting each refusal. */
final class LawAssembly {

  // of random streams, after those of LawQuantity
  private static final int TOKENS_ALONE = 3;
  private static final int FIRST_METRIC = 4;

  private final List<FittedCurve.Usable> curves;
  private final CurveBootstrap bootstrap;
  private final LawOptions options;
  private final PowerLawFitter fitter;
  private final List<Finding> findings;

  LawAssembly(
      List<FittedCurve.Usable> curves,
      CurveBootstrap bootstrap,
      LawOptions options,
      List<Finding> findings) {
    this.curves = curves;
    this.bootstrap = bootstrap;
    this.options = options;
    this.fitter = new PowerLawFitter(options);
    this.findings = findings;
  }

  /** The laws of all quantities. */
  Map<LawQuantity, Fit<PowerLaw>> quantities() {
    Map<LawQuantity, Fit<PowerLaw>> laws = new EnumMap<>(LawQuantity.class);
    for (LawQuantity quantity : LawQuantity.values()) {
      Fit<PowerLaw> law = law(quantity);
      laws.put(quantity, quantity.main() ? noted(law) : law);
    }
    return laws;
  }

  private Fit<PowerLaw> law(LawQuantity quantity) {
    List<Double> unknown =
        curves.stream()
            .map(FittedCurve.Usable::optimum)
            .filter(optimum -> optimum.value(quantity).isEmpty())
            .map(Optimum::budget)
            .toList();
    return unknown.isEmpty()
        ? law(
            new Described(
                quantity.law(),
                optimum -> optimum.value(quantity),
                resample -> bootstrap.values(quantity, resample),
                curve -> variance(quantity, curve),
                quantity.mayLevelOff(),
                quantity.scattersOnItsOwn(),
                quantity.stream()))
        : Fit.refused(new FitError.QuantityUnknown(quantity.law(), unknown));
  }

  /** A cross-check only, so its refusal is no finding. */
  Fit<PowerLaw> tokensAlone() {
    return law(
        new Described(
            LawQuantity.TOKENS.law() + " on its own",
            Optimum::tokensAlone,
            bootstrap::tokensAlone,
            LawAssembly::vertexVariance,
            LawQuantity.TOKENS.mayLevelOff(),
            false,
            TOKENS_ALONE));
  }

  /**
   * The law of a metric.
   *
   * @param index its place among those of the sweep
   */
  MetricLaw metric(int index, MetricSeries series) {
    List<Double> missing =
        curves.stream()
            .map(FittedCurve.Usable::optimum)
            .filter(optimum -> optimum.value(series).isEmpty())
            .map(Optimum::budget)
            .toList();
    if (!missing.isEmpty()) {
      findings.add(new FitWarning.MetricMissing(series, missing));
    }
    return new MetricLaw(
        series,
        noted(
            law(
                new Described(
                    series.law(),
                    optimum -> optimum.value(series),
                    resample -> bootstrap.metric(index, resample),
                    curve -> 1,
                    series.mayLevelOff(),
                    false,
                    FIRST_METRIC + index))));
  }

  /**
   * Data of one law.
   *
   * @param name of the law in findings
   * @param value read off an optimum
   * @param resampled its values in a resample, by curve
   * @param variance of its logarithm at an optimum, per unit of the residual variance
   * @param scatters whether a scatter beyond the noise is a finding
   * @param stream the family of random streams that scatters the resampled optima
   */
  private record Described(
      String name,
      Function<Optimum, OptionalDouble> value,
      IntFunction<double[]> resampled,
      ToDoubleFunction<FittedCurve.Usable> variance,
      boolean mayLevelOff,
      boolean scatters,
      int stream) {}

  private Fit<PowerLaw> law(Described described) {
    int[] known =
        IntStream.range(0, curves.size())
            .filter(i -> described.value().apply(curves.get(i).optimum()).isPresent())
            .toArray();
    List<LawPoint> points = new ArrayList<>();
    double[] weights = new double[known.length];
    double sum = 0;
    for (int i = 0; i < known.length; i++) {
      FittedCurve.Usable curve = curves.get(known[i]);
      points.add(
          new LawPoint(
              curve.optimum().budget(), described.value().apply(curve.optimum()).orElseThrow()));
      weights[i] =
          options.weighting() == LawWeighting.PRECISION
              ? 1 / described.variance().applyAsDouble(curve)
              : 1;
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= weights.length / sum;
    }
    List<PowerLawFitter.Resample> resamples = new ArrayList<>();
    for (int resample = 0; resample < options.bootstrap(); resample++) {
      double[] all = described.resampled().apply(resample);
      double[] counts = bootstrap.multiplicities(resample);
      double[] values = new double[known.length];
      double[] counted = new double[known.length];
      for (int i = 0; i < known.length; i++) {
        values[i] = all[known[i]];
        counted[i] = weights[i] * counts[known[i]];
      }
      resamples.add(new PowerLawFitter.Resample(values, counted));
    }
    PowerLawFitter.Task task =
        new PowerLawFitter.Task(described.name(), points, weights, described.mayLevelOff());
    return fitter.fit(task, scattered(task, resamples, described));
  }

  /** The resamples with what scatter the optima have beyond them. */
  private List<PowerLawFitter.Resample> scattered(
      PowerLawFitter.Task task, List<PowerLawFitter.Resample> resamples, Described described) {
    Optional<PowerLaw> law =
        options.scheme() == BootstrapScheme.DEVIATIONS && !resamples.isEmpty()
            ? fitter.fit(task, List.of()).value()
            : Optional.empty();
    if (law.isEmpty()) {
      return resamples;
    }
    BudgetScatter scatter =
        BudgetScatter.of(
            law.get().estimate(), resamples, bootstrap.degreesOfFreedom(), options.confidence());
    if (scatter.surprising() && described.scatters()) {
      findings.add(
          new FitWarning.OptimaScatter(task.quantity(), scatter.seen(), scatter.explained()));
    }
    if (!(scatter.added() > 0)) {
      return resamples;
    }
    List<PowerLawFitter.Resample> scattered = new ArrayList<>();
    for (int i = 0; i < resamples.size(); i++) {
      // streams of their own, apart from those of the curves and of the surface
      long stream = Long.MIN_VALUE + (long) described.stream() * resamples.size() + i;
      CounterRandom random = new CounterRandom(options.seed(), stream);
      double[] values = resamples.get(i).values().clone();
      for (int j = 0; j < values.length; j++) {
        values[j] *= StrictMath.exp(scatter.added() * random.nextGaussian());
      }
      scattered.add(new PowerLawFitter.Resample(values, resamples.get(i).weights()));
    }
    return scattered;
  }

  private Fit<PowerLaw> noted(Fit<PowerLaw> law) {
    law.refusal().ifPresent(findings::add);
    return law;
  }

  private double variance(LawQuantity quantity, FittedCurve.Usable curve) {
    return switch (quantity) {
      case PARAMETERS, TOKENS, SAMPLES -> vertexVariance(curve);
      case LOSS -> lossVariance(curve, options.curves().lossScale());
    };
  }

  private static double vertexVariance(FittedCurve.Usable curve) {
    return curve.parabola().vertexVariance(1);
  }

  /** Variance of the log loss at the vertex, per unit of the residual variance. */
  private static double lossVariance(FittedCurve.Usable curve, LossScale scale) {
    Parabola parabola = curve.parabola();
    double variance = parabola.ordinateVariance(parabola.vertex(), 1);
    double loss = curve.optimum().loss();
    return scale == LossScale.LINEAR ? variance / (loss * loss) : variance;
  }
}
