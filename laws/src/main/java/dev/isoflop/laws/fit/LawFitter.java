package dev.isoflop.laws.fit;

import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.finding.Fit;
import dev.isoflop.laws.finding.FitWarning;
import dev.isoflop.laws.isoflop.BudgetAlignment;
import dev.isoflop.laws.isoflop.BudgetGroups;
import dev.isoflop.laws.isoflop.CurveBootstrap;
import dev.isoflop.laws.isoflop.CurveFitter;
import dev.isoflop.laws.isoflop.CurveSample;
import dev.isoflop.laws.isoflop.DuplicateTrials;
import dev.isoflop.laws.isoflop.FittedCurve;
import dev.isoflop.laws.isoflop.Optimum;
import dev.isoflop.laws.isoflop.OutlierSearch;
import dev.isoflop.laws.isoflop.ParabolaBias;
import dev.isoflop.laws.isoflop.RobustWeights;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.options.OutlierTreatment;
import dev.isoflop.laws.powerlaw.PowerLaw;
import dev.isoflop.laws.stats.Parallel;
import dev.isoflop.laws.surface.SurfaceFit;
import dev.isoflop.laws.surface.SurfaceFitter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Fits laws to trained models. Reusable and safe for any number of callers at once. */
public final class LawFitter {

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
    List<Finding> findings = new ArrayList<>();
    List<TrainedPoint> canonical = new ArrayList<>(points);
    canonical.sort(TrainedPoint.CANONICAL);
    Provenance provenance =
        new Provenance(
            InputDigest.of(canonical, options),
            options.software(),
            options.convention(),
            options.seed());
    List<TrainedPoint> distinct = DuplicateTrials.without(canonical, findings);
    List<List<TrainedPoint>> all = BudgetGroups.of(distinct, options.curves().budgetTolerance());
    BudgetGroups.noteMerged(all, findings);
    int seen = Math.max(0, all.size() - options.holdOutLargest());
    List<List<TrainedPoint>> budgets = all.subList(0, seen);
    List<TrainedPoint> fitted = budgets.stream().flatMap(List::stream).toList();
    List<MetricSeries> series = List.copyOf(seriesOf(fitted));

    List<FittedCurve> curves = curves(budgets, series, options, findings);
    // apart, as outliers are judged by the scatter of all curves together
    List<FittedCurve> unseen = curves(all.subList(seen, all.size()), series, options, findings);
    List<FittedCurve.Usable> usable = usable(curves);
    List<Optimum> optima = usable.stream().map(FittedCurve.Usable::optimum).toList();
    CurveBootstrap bootstrap = new CurveBootstrap(usable, series.size(), options);
    bootstrap.run(parallel);
    ConsistencyChecks judgement = new ConsistencyChecks(options, findings);
    judgement.instability(optima, bootstrap);

    LawAssembly assembly = new LawAssembly(usable, bootstrap, options, findings);
    Map<LawQuantity, Fit<PowerLaw>> quantities = assembly.quantities();
    Fit<PowerLaw> tokensAlone = assembly.tokensAlone();
    List<MetricLaw> metrics =
        IntStream.range(0, series.size()).mapToObj(i -> assembly.metric(i, series.get(i))).toList();
    judgement.tokens(Objects.requireNonNull(quantities.get(LawQuantity.TOKENS)), tokensAlone);

    Fit<SurfaceFit> surface = new SurfaceFitter(options, parallel).fit(budgets);
    Optional<ParabolaBias> bias =
        surface.value().flatMap(fit -> ParabolaBias.of(usable, fit, options.curves().lossScale()));
    judgement.surface(
        Objects.requireNonNull(quantities.get(LawQuantity.PARAMETERS)), surface, bias);

    Laws laws =
        new Laws(
            curves.stream().map(FittedCurve::curve).toList(),
            unseen.stream().map(FittedCurve::curve).toList(),
            quantities,
            tokensAlone,
            metrics,
            new DomainOffsets(options, optima, series, bootstrap).all(),
            surface,
            bias,
            new RollingValidation(options).checks(optima),
            List.of(),
            findings,
            Collections.emptySortedMap(),
            provenance);
    return laws.against(usable(unseen).stream().map(FittedCurve.Usable::optimum).toList());
  }

  private static List<FittedCurve.Usable> usable(List<FittedCurve> curves) {
    return curves.stream().flatMap(curve -> curve.usable().stream()).toList();
  }

  private static List<FittedCurve> curves(
      List<List<TrainedPoint>> budgets,
      List<MetricSeries> series,
      LawOptions options,
      List<Finding> findings) {
    List<CurveSample> samples =
        BudgetAlignment.aligned(
            budgets.stream()
                .map(group -> CurveSample.of(group, options.curves().lossScale(), series))
                .toList(),
            findings);
    OutlierSearch outliers = new OutlierSearch(samples);
    boolean robust = options.curves().outliers() == OutlierTreatment.DOWNWEIGHT;
    CurveFitter fitter = new CurveFitter(options);
    List<FittedCurve> curves = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      CurveSample sample = samples.get(i);
      FittedCurve curve =
          fitter.fit(
              robust
                  ? sample.reweighted(
                      RobustWeights.of(sample, outliers.kept(i), outliers.pooledVariance()))
                  : sample);
      curve.curve().optimum().refusal().ifPresent(findings::add);
      findings.addAll(curve.reservations());
      curves.add(curve);
    }
    for (OutlierSearch.Found found : outliers.found()) {
      TrainedPoint point = samples.get(found.curve()).points().get(found.row());
      findings.add(
          new FitWarning.Outlier(
              point.trial(),
              samples.get(found.curve()).budget(),
              point.parameters(),
              point.loss().value(),
              options.curves().lossScale().inverse(found.expected()),
              found.deviations(),
              robust));
    }
    return curves;
  }

  private static SortedSet<MetricSeries> seriesOf(List<TrainedPoint> points) {
    SortedSet<MetricSeries> series = new TreeSet<>();
    points.forEach(point -> series.addAll(point.metrics().keySet()));
    return series;
  }
}
