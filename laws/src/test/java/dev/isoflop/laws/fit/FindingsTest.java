package dev.isoflop.laws.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.isoflop.laws.ExactSurface;
import dev.isoflop.laws.Sweeps;
import dev.isoflop.laws.data.Measurement;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.finding.FitWarning;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.options.OutlierTreatment;
import dev.isoflop.laws.options.SurfaceObjective;
import dev.isoflop.laws.powerlaw.PowerLaw;
import dev.isoflop.laws.stats.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FindingsTest {

  private static final LawOptions OPTIONS =
      LawOptions.defaults().withBootstrap(0).withSurface(new SurfaceObjective.LeastSquares());
  private static final ExactSurface CHINCHILLA = ExactSurface.named("chinchilla");

  @Test
  void aCleanSweepHasNone() {
    assertThat(fit(clean(), OPTIONS).findings()).isEmpty();
  }

  @Test
  void namesAnOutlierAndItsReason() {
    Laws laws = fit(withOutlier(), OPTIONS);

    assertThat(laws.findings())
        .filteredOn(FitWarning.Outlier.class::isInstance)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(((FitWarning.Outlier) finding).trial()).isEqualTo("spoilt");
              assertThat(finding.message())
                  .contains("budget 1e18: trial 'spoilt'")
                  .contains("standard deviations off")
                  .contains("it counts in full");
            });
  }

  @Test
  void theRobustFitIgnoresTheOutlier() {
    double expected = optimalSize(fit(clean(), OPTIONS));
    double plain = optimalSize(fit(withOutlier(), OPTIONS));
    Laws laws = fit(withOutlier(), OPTIONS.withOutliers(OutlierTreatment.DOWNWEIGHT));

    assertThat(optimalSize(laws)).isCloseTo(expected, withinPercentage(2));
    assertThat(Math.abs(plain / expected - 1)).isGreaterThan(.05);
    assertThat(laws.findings())
        .filteredOn(FitWarning.Outlier.class::isInstance)
        .singleElement()
        .satisfies(finding -> assertThat(finding.message()).contains("it was weighted down"));
  }

  @Test
  void theRobustFitOfCleanPointsIsNearlyThePlainOne() {
    assertThat(exponent(fit(clean(), OPTIONS.withOutliers(OutlierTreatment.DOWNWEIGHT))))
        .isCloseTo(exponent(fit(clean(), OPTIONS)), within(.003));
  }

  @Test
  void leavesOutACopiedRowAndSaysSo() {
    List<TrainedPoint> points = clean();
    double expected = exponent(fit(points, OPTIONS));
    TrainedPoint first = points.get(0);
    points.add(
        TrainedPoint.of(
            "copy", first.budget(), first.parameters(), first.tokens(), first.loss().value()));
    Laws laws = fit(points, OPTIONS);

    assertThat(exponent(laws)).isEqualTo(expected);
    assertThat(laws.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.reason()).isEqualTo("CopiedTrial");
              assertThat(finding.message()).contains("trial 'copy'").contains("was left out");
            });
  }

  @Test
  void keepsTrueRepeatsOfASize() {
    List<TrainedPoint> points = clean();
    TrainedPoint first = points.get(0);
    points.add(first.withLoss(Measurement.of(first.loss().value() + 1e-3)));
    Laws laws = fit(points, OPTIONS);

    assertThat(laws.curves().get(0).points()).hasSize(8);
    assertThat(laws.findings()).extracting(Finding::reason).containsExactly("RepeatedSizes");
  }

  @Test
  void namesAllRepeatedSizesOfABudgetAtOnce() {
    List<TrainedPoint> points = clean();
    for (TrainedPoint point : List.of(points.get(0), points.get(0), points.get(3))) {
      points.add(point.withLoss(Measurement.of(point.loss().value() + 1e-3 * points.size())));
    }
    assertThat(fit(points, OPTIONS).findings())
        .filteredOn(finding -> finding instanceof FitWarning.RepeatedSizes)
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.message())
                    .contains("5 trials of the sizes ")
                    .endsWith("; each trial counts as a point of its own"));
  }

  @Test
  void preciseTrialsCountMore() {
    List<TrainedPoint> points = new ArrayList<>();
    for (TrainedPoint point : withOutlier()) {
      double error = point.trial().equals("spoilt") ? 1 : 1e-3;
      points.add(point.withLoss(Measurement.of(point.loss().value(), error)));
    }

    assertThat(optimalSize(fit(points, OPTIONS)))
        .isCloseTo(optimalSize(fit(clean(), OPTIONS)), withinPercentage(4));
  }

  @Test
  void saysWhenGridsDriftSoFarThatParabolasMissTheSurface() {
    Laws laws = fit(drifting(1e-4), OPTIONS);

    assertThat(laws.findings())
        .extracting(Finding::reason)
        .contains("MethodsDisagree", "ParabolaBiased");
    assertThat(laws.surface().value().orElseThrow().parametersExponent())
        .isCloseTo(CHINCHILLA.parametersExponent(), within(.002));
    PowerLaw law = laws.parameters().value().orElseThrow();
    double truth = law.exponent() - CHINCHILLA.parametersExponent();
    assertThat(laws.parabolaBias().orElseThrow().exponent()).isCloseTo(truth, within(.002));
  }

  @Test
  void theBiasEstimateIsExactOnExactSurfaces() {
    Laws laws = fit(Sweeps.noisy(CHINCHILLA, Sweeps.paperBudgets(), 15, 16, 0, 0), OPTIONS);
    double flops = 1e21;
    double miss =
        laws.parameters().value().orElseThrow().at(flops) / CHINCHILLA.optimalParameters(flops);

    assertThat(laws.parabolaBias().orElseThrow().parametersRatioAt(flops))
        .isCloseTo(miss, within(1e-6));
    // 1/(1 - 5.10 %), the miss of D* printed for this grid, as N* D* is fixed by the budget
    assertThat(miss).isCloseTo(1 / (1 - .0510), within(1e-3));
  }

  @Test
  void saysWhenAMetricIsMissingAtABudget() {
    MetricSeries fid = new MetricSeries("FID", "coco");
    List<TrainedPoint> points =
        clean().stream()
            .map(
                point ->
                    point.budget() > 2e17
                        ? point.withMetrics(Map.of(fid, Measurement.of(20)))
                        : point)
            .toList();
    Laws laws = fit(points, OPTIONS);

    assertThat(laws.findings())
        .extracting(Finding::message)
        .anyMatch(
            message ->
                message.startsWith("FID on coco: fewer than 3 sizes have it at budget 1e17"));
    assertThat(laws.metrics().get(0).law().value().orElseThrow().points()).hasSize(5);
  }

  @Test
  void saysWhenTokensDoNotBelongToTheirBudgets() {
    List<TrainedPoint> points =
        Sweeps.noisy(CHINCHILLA, Sweeps.paperBudgets(), 7, 4, 0, 2).stream()
            .map(
                point ->
                    TrainedPoint.of(
                        point.trial(),
                        point.budget(),
                        point.parameters(),
                        // kept, then spoilt where models are small, more so at large budgets
                        point.tokens()
                            * (1 + 1e8 * StrictMath.pow(point.budget(), -.1) / point.parameters()),
                        point.loss().value()))
            .toList();

    assertThat(fit(points, OPTIONS).findings())
        .extracting(Finding::reason)
        .contains("TokensDisagree");
  }

  private static List<TrainedPoint> drifting(double noise) {
    CounterRandom random = new CounterRandom(3, 3);
    List<TrainedPoint> points = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      double budget = StrictMath.pow(10, 17 + .8 * i);
      double centre = CHINCHILLA.optimalParameters(budget) / StrictMath.pow(6, i / 5.0);
      for (int j = 0; j < 9; j++) {
        double parameters = centre * StrictMath.pow(12, 2 * j / 8.0 - 1);
        double tokens = budget / (6 * parameters);
        double loss = CHINCHILLA.loss(parameters, tokens) + noise * random.nextGaussian();
        points.add(TrainedPoint.of("t" + i + j, budget, parameters, tokens, loss));
      }
    }
    return points;
  }

  private static List<TrainedPoint> clean() {
    return new ArrayList<>(
        Sweeps.noisy(ExactSurface.named("symmetric"), Sweeps.paperBudgets(), 7, 4, 3e-3, 2));
  }

  private static List<TrainedPoint> withOutlier() {
    List<TrainedPoint> points = clean();
    TrainedPoint point = points.get(22);
    assertThat(point.budget()).isEqualTo(1e18);
    points.set(
        22,
        TrainedPoint.of(
            "spoilt",
            point.budget(),
            point.parameters(),
            point.tokens(),
            point.loss().value() + .06));
    return points;
  }

  private static Laws fit(List<TrainedPoint> points, LawOptions options) {
    return new LawFitter(1).fit(points, options);
  }

  private static double optimalSize(Laws laws) {
    assertThat(laws.curves().get(3).budget()).isEqualTo(1e18);
    return laws.curves().get(3).optimum().value().orElseThrow().parameters();
  }

  private static double exponent(Laws laws) {
    return laws.parameters().value().orElseThrow().exponent();
  }
}
