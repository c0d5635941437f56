package dev.isoflop.laws.fit;

import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.finding.Fit;
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
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Makes the laws of one set of optima, noting each refusal. */
final class LawAssembly {

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

  Fit<PowerLaw> parameters() {
    return noted(
        law(
            "N*(C)",
            CurveBootstrap.Quantity.PARAMETERS,
            optimum -> Optional.of(optimum.parameters()),
            LawAssembly::vertexVariance,
            false));
  }

  Fit<PowerLaw> tokens() {
    return noted(
        law(
            "D*(C)",
            CurveBootstrap.Quantity.TOKENS,
            optimum -> Optional.of(optimum.tokens()),
            LawAssembly::vertexVariance,
            false));
  }

  /** A cross-check only, so its refusal is no finding. */
  Fit<PowerLaw> tokensAlone() {
    return law(
        "D*(C) on its own",
        CurveBootstrap.Quantity.TOKENS_ALONE,
        optimum ->
            optimum.tokensAlone().isPresent()
                ? Optional.of(optimum.tokensAlone().getAsDouble())
                : Optional.empty(),
        LawAssembly::vertexVariance,
        false);
  }

  Fit<PowerLaw> loss() {
    return noted(
        law(
            "loss(C)",
            CurveBootstrap.Quantity.LOSS,
            optimum -> Optional.of(optimum.loss()),
            curve -> lossVariance(curve, options.curves().lossScale()),
            true));
  }

  MetricLaw metric(int index, MetricSeries series) {
    Function<Optimum, Optional<Double>> value =
        optimum -> Optional.ofNullable(optimum.metrics().get(series));
    List<Double> missing =
        curves.stream()
            .map(FittedCurve.Usable::optimum)
            .filter(optimum -> value.apply(optimum).isEmpty())
            .map(Optimum::budget)
            .toList();
    if (!missing.isEmpty()) {
      findings.add(new FitWarning.MetricMissing(series, missing));
    }
    return new MetricLaw(
        series,
        noted(
            law(
                series + " (C)",
                CurveBootstrap.Quantity.FIRST_METRIC + index,
                value,
                curve -> 1,
                true)));
  }

  private Fit<PowerLaw> law(
      String name,
      int quantity,
      Function<Optimum, Optional<Double>> value,
      ToDoubleFunction<FittedCurve.Usable> variance,
      boolean mayLevelOff) {
    int[] known =
        IntStream.range(0, curves.size())
            .filter(i -> value.apply(curves.get(i).optimum()).isPresent())
            .toArray();
    List<LawPoint> points = new ArrayList<>();
    double[] weights = new double[known.length];
    double sum = 0;
    for (int i = 0; i < known.length; i++) {
      FittedCurve.Usable curve = curves.get(known[i]);
      points.add(
          new LawPoint(curve.optimum().budget(), value.apply(curve.optimum()).orElseThrow()));
      weights[i] =
          options.weighting() == LawWeighting.PRECISION ? 1 / variance.applyAsDouble(curve) : 1;
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= weights.length / sum;
    }
    List<PowerLawFitter.Resample> resamples = new ArrayList<>();
    for (int resample = 0; resample < options.bootstrap(); resample++) {
      double[] all = bootstrap.values(quantity, resample);
      double[] counts = bootstrap.multiplicities(resample);
      double[] values = new double[known.length];
      double[] counted = new double[known.length];
      for (int i = 0; i < known.length; i++) {
        values[i] = all[known[i]];
        counted[i] = weights[i] * counts[known[i]];
      }
      resamples.add(new PowerLawFitter.Resample(values, counted));
    }
    PowerLawFitter.Task task = new PowerLawFitter.Task(name, points, weights, mayLevelOff);
    return fitter.fit(task, scattered(task, resamples, quantity));
  }

  /** The resamples with what scatter the optima have beyond them. */
  private List<PowerLawFitter.Resample> scattered(
      PowerLawFitter.Task task, List<PowerLawFitter.Resample> resamples, int quantity) {
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
    boolean optimum =
        quantity == CurveBootstrap.Quantity.PARAMETERS || quantity == CurveBootstrap.Quantity.LOSS;
    if (scatter.surprising() && optimum) {
      findings.add(
          new FitWarning.OptimaScatter(task.quantity(), scatter.seen(), scatter.explained()));
    }
    if (!(scatter.added() > 0)) {
      return resamples;
    }
    List<PowerLawFitter.Resample> scattered = new ArrayList<>();
    for (int i = 0; i < resamples.size(); i++) {
      // streams of their own, apart from those of the curves and of the surface
      long stream = Long.MIN_VALUE + (long) quantity * resamples.size() + i;
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
