package dev.isoflop.laws.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.laws.ExactSurface;
import dev.isoflop.laws.Sweeps;
import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.data.Measurement;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.finding.FitError;
import dev.isoflop.laws.isoflop.Optimum;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.options.OutlierTreatment;
import dev.isoflop.laws.stats.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeldOutBudgetTest {

  private static final MetricSeries FID = new MetricSeries("FID", "photos");
  private static final MetricSeries LATE = new MetricSeries("FID", "late");
  private static final LawOptions OPTIONS =
      LawOptions.defaults().withBootstrap(20).withOutliers(OutlierTreatment.DOWNWEIGHT);

  @Test
  void noLawSeesTheBudgetsThatAreHeldOut() {
    List<TrainedPoint> points = withOutlier(sweep());
    List<TrainedPoint> smaller = points.stream().filter(point -> point.budget() <= 1e18).toList();

    Laws held = new LawFitter(1).fit(points, OPTIONS.withHoldOutLargest(2));
    Laws alone = new LawFitter(1).fit(smaller, OPTIONS);

    assertThat(fitted(held))
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes(".*fitter")
        .isEqualTo(fitted(alone));
    assertThat(held.metrics()).extracting(MetricLaw::series).containsExactly(FID);
  }

  @Test
  void holdsTheBudgetsOwnOptimaAgainstThePrediction() {
    Laws laws = new LawFitter(1).fit(sweep(), OPTIONS.withHoldOutLargest(2));

    assertThat(laws.curves()).hasSize(4);
    assertThat(laws.heldOutBudgets()).containsExactly(3e18, 6e18);
    assertThat(laws.heldOut()).extracting(HeldOutBudget::budget).containsExactly(3e18, 6e18);
    HeldOutBudget largest = laws.heldOut().get(1);
    Optimum own = laws.allCurves().get(5).optimum().value().orElseThrow();
    Prediction foreseen = laws.predict(6e18);
    assertThat(largest.check(LawQuantity.PARAMETERS))
        .contains(new Check(foreseen.parameters().orElseThrow(), own.parameters()));
    assertThat(largest.check(LawQuantity.TOKENS))
        .contains(new Check(foreseen.tokens().orElseThrow(), own.tokens()));
    assertThat(largest.check(LawQuantity.LOSS))
        .contains(new Check(foreseen.loss().orElseThrow(), own.loss()));
    assertThat(largest.checks())
        .containsOnlyKeys(LawQuantity.PARAMETERS, LawQuantity.TOKENS, LawQuantity.LOSS, FID);
    assertThat(largest.check(FID).map(Check::measured)).contains(own.metrics().get(FID));
    assertThat(largest.fitted()).containsExactly(1e17, 3e17, 6e17, 1e18);
    assertThat(largest.check(LawQuantity.PARAMETERS).orElseThrow().relativeError())
        .isCloseTo(0, within(.05));
    assertThat(
            largest.check(LawQuantity.PARAMETERS).orElseThrow().prediction().extrapolationFactor())
        .isCloseTo(6, within(1e-9));
    assertThat(largest.check(LawQuantity.PARAMETERS).orElseThrow().within()).isTrue();
  }

  @Test
  void aLossThatLeavesTheLawShowsOutsideItsBand() {
    List<TrainedPoint> raised =
        sweep().stream()
            .map(
                point ->
                    point.budget() == 6e18
                        ? point.withLoss(Measurement.of(point.loss().value() + .2))
                        : point)
            .toList();
    HeldOutBudget largest =
        new LawFitter(1).fit(raised, OPTIONS.withHoldOutLargest(1)).heldOut().get(0);

    assertThat(largest.check(LawQuantity.LOSS).orElseThrow().within()).isFalse();
    assertThat(largest.check(LawQuantity.LOSS).orElseThrow().relativeError()).isNegative();
    assertThat(largest.check(LawQuantity.PARAMETERS).orElseThrow().within()).isTrue();
  }

  @Test
  void aBudgetWithoutAnOptimumIsRefusedNotPredicted() {
    List<TrainedPoint> few =
        sweep().stream()
            .filter(point -> point.budget() < 6e18 || point.trial().endsWith("-0"))
            .toList();
    Laws laws = new LawFitter(1).fit(few, OPTIONS.withHoldOutLargest(1));

    assertThat(laws.heldOut()).isEmpty();
    assertThat(laws.allCurves()).hasSize(6);
    assertThat(laws.findings())
        .anySatisfy(finding -> assertThat(finding).isInstanceOf(FitError.TooFewSizes.class));
  }

  @Test
  void holdingOutTooManyLeavesNoLaws() {
    Laws laws = new LawFitter(1).fit(sweep(), OPTIONS.withHoldOutLargest(9));

    assertThat(laws.parameters().refusal()).containsInstanceOf(FitError.TooFewBudgets.class);
    assertThat(laws.heldOut())
        .hasSize(6)
        .allSatisfy(
            held -> {
              assertThat(held.checks()).isEmpty();
              assertThat(held.fitted()).isEmpty();
            });
  }

  @Test
  void holdsNothingOutUnlessAsked() {
    assertThat(new LawFitter(1).fit(sweep(), OPTIONS).heldOut()).isEmpty();
    assertThatThrownBy(() -> OPTIONS.withHoldOutLargest(-1))
        .hasMessage("holdOutLargest: -1 must not be negative; 0 holds no budget out");
  }

  /** All that is fitted, without what is said of the input. */
  private static List<Object> fitted(Laws laws) {
    return List.of(
        laws.quantities(),
        laws.tokensAlone(),
        laws.metrics(),
        laws.offsets(),
        laws.surface(),
        laws.parabolaBias(),
        laws.rolling(),
        laws.curves());
  }

  /** Whose largest budgets alone were evaluated on the second set. */
  private static List<TrainedPoint> sweep() {
    List<TrainedPoint> points = new ArrayList<>();
    for (TrainedPoint point :
        Sweeps.noisy(ExactSurface.named("symmetric"), Sweeps.paperBudgets(), 7, 4, 3e-4, 1)) {
      Measurement value = Measurement.of(10 * (point.loss().value() - 1));
      points.add(
          point.withMetrics(
              point.budget() < 3e18 ? Map.of(FID, value) : Map.of(FID, value, LATE, value)));
    }
    return points;
  }

  /** Far noisier at the largest budgets, with an outlier below, so that a leak would show. */
  private static List<TrainedPoint> withOutlier(List<TrainedPoint> points) {
    CounterRandom random = new CounterRandom(3, 4);
    List<TrainedPoint> changed = new ArrayList<>();
    for (TrainedPoint point : points) {
      double noise = point.budget() > 1e18 ? 3e-3 * random.nextGaussian() : 0;
      double jump = point.trial().equals("c6.0E17-2") ? 4e-3 : 0;
      changed.add(point.withLoss(Measurement.of(point.loss().value() + noise + jump)));
    }
    return changed;
  }
}
