package dev.isoflop.laws.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.laws.ExactSurface;
import dev.isoflop.laws.Sweeps;
import dev.isoflop.laws.data.Measurement;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.finding.FitError;
import dev.isoflop.laws.finding.Side;
import dev.isoflop.laws.isoflop.IsoFlopCurve;
import dev.isoflop.laws.isoflop.Optimum;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.powerlaw.LawInterval;
import dev.isoflop.laws.powerlaw.LawPrediction;
import dev.isoflop.laws.powerlaw.PowerLaw;
import dev.isoflop.laws.stats.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LawFitterTest {

  private static final LawOptions OPTIONS = LawOptions.defaults().withBootstrap(200);
  private static final LawFitter FITTER = new LawFitter(1);

  @Test
  void findsTheOptimumOfEveryExactCurve() {
    Laws laws = FITTER.fit(exactSweep(), OPTIONS);

    assertThat(laws.curves()).hasSize(6).allMatch(IsoFlopCurve::interior);
    for (IsoFlopCurve curve : laws.curves()) {
      Optimum optimum = curve.optimum().value().orElseThrow();
      double expected = 1e-3 * StrictMath.sqrt(curve.budget());
      assertThat(optimum.parameters()).isCloseTo(expected, relative(expected));
      assertThat(optimum.tokens())
          .isCloseTo(curve.budget() / (6 * expected), relative(curve.budget() / (6 * expected)));
      assertThat(optimum.loss())
          .isCloseTo(10 * StrictMath.pow(curve.budget(), -.05), within(1e-12));
      assertThat(optimum.curvature()).isCloseTo(.02, within(1e-12));
      assertThat(curve.rSquared()).hasValueCloseTo(1.0, within(1e-12));
    }
  }

  @Test
  void recoversTheLawsThatTheOptimaFollow() {
    Laws laws = FITTER.fit(exactSweep(), OPTIONS);

    PowerLaw parameters = laws.parameters().value().orElseThrow();
    assertThat(parameters.exponent()).isCloseTo(.5, within(1e-10));
    assertThat(parameters.coefficient()).isCloseTo(1e-3, within(1e-11));
    assertThat(parameters.rSquared()).isCloseTo(1, within(1e-12));
    assertThat(laws.tokens().value().orElseThrow().exponent()).isCloseTo(.5, within(1e-10));
    assertThat(laws.loss().value().orElseThrow().exponent()).isCloseTo(-.05, within(1e-10));
  }

  @Test
  void readsTokensFromThePointsWhateverTheFlopConvention() {
    List<TrainedPoint> points = new ArrayList<>();
    for (TrainedPoint point : exactSweep()) {
      // an attention-like share that weighs more on small models
      double flopsPerToken = 6 * point.parameters() + 300 * StrictMath.cbrt(point.parameters());
      points.add(
          TrainedPoint.of(
              point.trial(),
              point.budget(),
              point.parameters(),
              point.budget() / flopsPerToken,
              point.loss().value()));
    }
    Optimum optimum = FITTER.fit(points, OPTIONS).curves().get(0).optimum().value().orElseThrow();

    double parameters = 1e-3 * StrictMath.sqrt(1e17);
    double tokens = 1e17 / (6 * parameters + 300 * StrictMath.cbrt(parameters));
    assertThat(optimum.tokens()).isCloseTo(tokens, within(tokens * 1e-3));
    assertThat(optimum.tokens()).isNotCloseTo(1e17 / (6 * parameters), within(tokens * 2e-3));
  }

  @Test
  void refusesACurveOfTwoSizesAndSaysWhatToAdd() {
    List<TrainedPoint> points = new ArrayList<>(exactSweep());
    points.removeIf(point -> point.budget() == 1e17);
    points.add(TrainedPoint.of("a", 1e17, 3e6, 5e9, .9));
    points.add(TrainedPoint.of("b", 1e17, 6e6, 3e9, .8));
    points.add(TrainedPoint.of("b again", 1e17, 6e6, 3e9, .81));
    Laws laws = FITTER.fit(points, OPTIONS);

    assertThat(laws.curves().get(0).optimum().refusal())
        .hasValueSatisfying(
            refusal -> {
              assertThat(refusal.reason()).isEqualTo("TooFewSizes");
              assertThat(refusal.message())
                  .isEqualTo(
                      "budget 1e17: 2 different sizes (3M, 6M), a parabola needs 3;"
                          + " add at least 1 more size at 1e17");
            });
    assertThat(laws.parameters().value().orElseThrow().points()).hasSize(5);
    assertThat(laws.findings())
        .extracting(Finding::reason)
        .contains("TooFewSizes", "RepeatedSizes");
  }

  @Test
  void refusesACurveThatStillFallsAtItsEdge() {
    List<TrainedPoint> points = new ArrayList<>(exactSweep());
    double optimum = 1e-3 * StrictMath.sqrt(1e17);
    points.removeIf(point -> point.budget() == 1e17 && point.parameters() < 1.1 * optimum);
    Laws laws = FITTER.fit(points, OPTIONS);

    FitError refusal = laws.curves().get(0).optimum().refusal().orElseThrow();
    assertThat(refusal).isInstanceOf(FitError.OptimumOutsideRange.class);
    assertThat(((FitError.OptimumOutsideRange) refusal).side()).isEqualTo(Side.BELOW);
    assertThat(refusal.message()).contains("budget 1e17").contains("add sizes below 632K at 1e17");
    assertThat(laws.curves().get(0).interior()).isFalse();
  }

  @Test
  void refusesACurveWithoutAMinimum() {
    List<TrainedPoint> points =
        exactSweep().stream()
            .map(
                point ->
                    point.budget() == 1e17
                        ? point.withLoss(Measurement.of(2 - point.loss().value()))
                        : point)
            .toList();

    assertThat(FITTER.fit(points, OPTIONS).curves().get(0).optimum().refusal())
        .hasValueSatisfying(
            refusal -> {
              assertThat(refusal.reason()).isEqualTo("NotConvex");
              assertThat(refusal.message()).contains("curvature -0.02").contains("1e17");
            });
  }

  @Test
  void refusesLawsFromTwoBudgets() {
    List<TrainedPoint> points =
        exactSweep().stream().filter(point -> point.budget() < 6e17).toList();
    Laws laws = FITTER.fit(points, OPTIONS);

    assertThat(laws.parameters().refusal())
        .hasValueSatisfying(
            refusal ->
                assertThat(refusal.message())
                    .isEqualTo(
                        "N*(C): 2 budgets with a usable value (1e17, 3e17), a law needs 3;"
                            + " add budgets, or fix the refused ones"));
    assertThat(laws.predict(1e18).parameters()).isEmpty();
  }

  @Test
  void refusesEveryLawOfAnEmptySweepOnce() {
    Laws laws = FITTER.fit(List.of(), OPTIONS);

    assertThat(laws.curves()).isEmpty();
    assertThat(laws.findings())
        .extracting(Finding::reason)
        .containsExactly("TooFewBudgets", "TooFewBudgets", "TooFewBudgets", "TooFewPoints");
  }

  /** An unbiased distance between equal distributions scatters around zero. */
  @Test
  void aMetricThatFallsBelowZeroHasNoLawButAFinding() {
    MetricSeries kernel = new MetricSeries("KernelDistance", "laion");
    List<TrainedPoint> points =
        exactSweep().stream()
            .map(
                point ->
                    point.withMetrics(
                        Map.of(kernel, Measurement.of(1e16 / point.budget() - 0.01, 0.02))))
            .toList();

    Laws laws = FITTER.fit(points, OPTIONS.withBootstrap(50));

    assertThat(laws.loss().value()).isPresent();
    assertThat(laws.metrics()).singleElement().matches(law -> law.law().value().isEmpty());
    assertThat(laws.findings())
        .filteredOn(finding -> finding.reason().equals("NotPositive"))
        .extracting(Finding::message)
        .singleElement()
        .asString()
        .startsWith("KernelDistance on laion (C): its value at budget ");
  }

  @Test
  void fitsALawForEveryMetricAndDataset() {
    MetricSeries inside = new MetricSeries("FID", "laion");
    MetricSeries outside = new MetricSeries("FID", "coco-2014");
    List<TrainedPoint> points =
        exactSweep().stream()
            .map(
                point ->
                    point.withMetrics(
                        Map.of(
                            inside, Measurement.of(1e4 * StrictMath.pow(point.budget(), -.1)),
                            outside, Measurement.of(5e4 * StrictMath.pow(point.budget(), -.12)))))
            .toList();
    Laws laws = FITTER.fit(points, OPTIONS);

    assertThat(laws.metrics()).extracting(MetricLaw::series).containsExactly(outside, inside);
    assertThat(laws.metrics().get(0).law().value().orElseThrow().exponent())
        .isCloseTo(-.12, within(1e-10));
    assertThat(laws.metrics().get(1).law().value().orElseThrow().exponent())
        .isCloseTo(-.1, within(1e-10));
  }

  @Test
  void intervalsCoverTheTruthAndShrinkWithTheNoise() {
    ExactSurface truth = ExactSurface.named("symmetric");
    LawInterval loud = parametersInterval(truth, 1e-2);
    LawInterval quiet = parametersInterval(truth, 1e-3);

    assertThat(loud.exponent().contains(.5)).isTrue();
    assertThat(quiet.exponent().contains(.5)).isTrue();
    assertThat(quiet.exponent().width()).isLessThan(loud.exponent().width() / 3);
  }

  @Test
  void bandsWidenWithExtrapolation() {
    Laws laws =
        FITTER.fit(
            Sweeps.noisy(ExactSurface.named("symmetric"), Sweeps.paperBudgets(), 7, 8, 1e-2, 1),
            OPTIONS);
    PowerLaw law = laws.parameters().value().orElseThrow();

    double inside = relativeWidth(law.predict(1e18));
    assertThat(relativeWidth(law.predict(1e20))).isGreaterThan(2 * inside);
    LawPrediction far = law.predict(1e22);
    assertThat(far.predictionInterval().width()).isGreaterThan(far.interval().width());
    assertThat(far.bootstrapInterval())
        .hasValueSatisfying(band -> assertThat(band.contains(far.value())).isTrue());
  }

  @Test
  void rejectsPointsThatCannotBe() {
    assertThatThrownBy(() -> TrainedPoint.of("t7", 1e17, -3, 1e9, .5))
        .hasMessageContaining("parameters: -3.0 (trial 't7')");
    assertThatThrownBy(() -> TrainedPoint.of("t7", 1e17, 3e6, 0, .5))
        .hasMessageContaining("tokens: 0.0")
        .hasMessageContaining("not billions");
    assertThatThrownBy(() -> TrainedPoint.of("t7", 1e17, 3e6, 1e9, Double.NaN))
        .hasMessageContaining("NaN is not a finite number");
  }

  @Test
  void groupsBudgetsThatScatterByTheTolerance() {
    CounterRandom random = new CounterRandom(5, 5);
    List<TrainedPoint> points = new ArrayList<>();
    for (TrainedPoint point : exactSweep()) {
      double scattered = point.budget() * (1 + .09 * (2 * random.nextDouble() - 1));
      points.add(
          TrainedPoint.of(
              point.trial(), scattered, point.parameters(), point.tokens(), point.loss().value()));
    }
    Laws laws = FITTER.fit(points, OPTIONS);

    assertThat(laws.curves()).hasSize(6).allMatch(curve -> curve.points().size() == 7);
    assertThat(FITTER.fit(points, OPTIONS.withBudgetTolerance(.001)).curves())
        .hasSizeGreaterThan(30);
  }

  @Test
  void aChainOfNearBudgetsDoesNotBecomeOneCurve() {
    List<TrainedPoint> points = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      points.add(TrainedPoint.of("t" + i, 1e17 * StrictMath.pow(1.05, i), 1e6 + i, 1e9, 1));
    }
    for (IsoFlopCurve curve : FITTER.fit(points, OPTIONS).curves()) {
      double[] budgets = curve.points().stream().mapToDouble(TrainedPoint::budget).toArray();
      Arrays.sort(budgets);
      assertThat(budgets[budgets.length - 1] / budgets[0]).isLessThanOrEqualTo(1.1 / .9);
    }
  }

  private static LawInterval parametersInterval(ExactSurface truth, double noise) {
    return FITTER
        .fit(Sweeps.noisy(truth, Sweeps.paperBudgets(), 7, 8, noise, 3), OPTIONS)
        .parameters()
        .value()
        .orElseThrow()
        .interval();
  }

  private static double relativeWidth(LawPrediction prediction) {
    return prediction.interval().width() / prediction.value();
  }

  private static Offset<Double> relative(double value) {
    return within(value * 1e-10);
  }

  private static List<TrainedPoint> exactSweep() {
    return Sweeps.parabolic(
        Sweeps.paperBudgets(),
        7,
        8,
        budget -> 1e-3 * StrictMath.sqrt(budget),
        budget -> 10 * StrictMath.pow(budget, -.05));
  }
}
