package dev.isoflop.laws.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.laws.ExactSurface;
import dev.isoflop.laws.Sweeps;
import dev.isoflop.laws.data.Measurement;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.finding.FitWarning;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.options.OutlierTreatment;
import dev.isoflop.laws.powerlaw.PowerLaw;
import dev.isoflop.laws.stats.CounterRandom;
import dev.isoflop.laws.surface.SurfaceFit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Data sets as they come: of other units, on grids that miss the optimum, repeated, scattered. */
class RoughDataTest {

  private static final LawOptions OPTIONS = LawOptions.defaults().withBootstrap(0);

  @Test
  void lossesBelowOneGiveLawsAndSurface() {
    ExactSurface small = new ExactSurface(.05, 40, 40, .31, .31);
    List<TrainedPoint> points = grid(small, budget -> 1, 1e-4);
    assertThat(points).allSatisfy(point -> assertThat(point.loss().value()).isBetween(0.0, 1.0));

    Laws laws = new LawFitter(1).fit(points, OPTIONS);

    assertThat(laws.parameters().value().orElseThrow().exponent()).isCloseTo(.5, within(.01));
    SurfaceFit surface = laws.surface().value().orElseThrow();
    assertThat(surface.parametersExponent()).isCloseTo(.5, within(.02));
    assertThat(surface.surface().irreducible()).isCloseTo(.05, within(.02));
  }

  @Test
  void onAGridBesideTheOptimumTheFindingSaysHowFarParabolasMissIt() {
    ExactSurface surface = ExactSurface.named("chinchilla");
    Laws laws = new LawFitter(1).fit(grid(surface, budget -> 3, 1e-4), OPTIONS);

    PowerLaw law = laws.parameters().value().orElseThrow();
    FitWarning.ParabolaBiased finding = bias(laws);
    double truth = surface.optimalParameters(6e18);
    double missed = law.predict(6e18).value() / truth;
    assertThat(missed).isBetween(1.015, 1.025);
    assertThat(finding.parametersRatio()).isCloseTo(missed, within(.001));
  }

  @Test
  void aBiasOfTheExponentByRoundingIsNone() {
    ExactSurface surface = ExactSurface.named("asymmetric");
    Laws laws = new LawFitter(1).fit(grid(surface, budget -> 1, 0), OPTIONS);

    assertThat(Math.abs(bias(laws).exponentBias())).isLessThan(1e-6);
    assertThat(bias(laws).message())
        .startsWith(
            "N*(C): if the fitted surface is the truth, parabolas on these grids miss not the"
                + " exponent, but N* at 6e18 by ");
  }

  @Test
  void onADriftingGridTheFindingSaysByHowMuchTheExponentIsWrong() {
    ExactSurface surface = ExactSurface.named("asymmetric");
    DoubleUnaryOperator drift =
        budget -> StrictMath.pow(3, StrictMath.log(budget / 1e17) / StrictMath.log(60));
    Laws laws = new LawFitter(1).fit(grid(surface, drift, 3e-4), OPTIONS);

    PowerLaw law = laws.parameters().value().orElseThrow();
    double missed = law.exponent() - surface.parametersExponent();
    assertThat(law.interval().exponent().contains(surface.parametersExponent())).isFalse();
    assertThat(bias(laws).exponentBias()).isCloseTo(missed, within(.1 * Math.abs(missed)));
  }

  @Test
  void pointsOfScatteringBudgetsAreMovedToTheirBudget() {
    List<TrainedPoint> points = new ArrayList<>();
    CounterRandom random = new CounterRandom(8, 9);
    ExactSurface surface = ExactSurface.named("symmetric");
    for (TrainedPoint point : grid(surface, budget -> 1, 0)) {
      double factor = 1 + .09 * (2 * random.nextDouble() - 1);
      double tokens = point.tokens() * factor;
      points.add(
          TrainedPoint.of(
              point.trial(),
              point.budget() * factor,
              point.parameters(),
              tokens,
              surface.loss(point.parameters(), tokens)));
    }

    Laws laws = new LawFitter(1).fit(points, OPTIONS);

    assertThat(laws.curves()).hasSize(6);
    assertThat(laws.parameters().value().orElseThrow().exponent()).isCloseTo(.5, within(.002));
    assertThat(laws.findings())
        .filteredOn(FitWarning.BudgetsAligned.class::isInstance)
        .singleElement()
        .satisfies(
            finding ->
                assertThat(((FitWarning.BudgetsAligned) finding).largest()).isBetween(.05, .2));
    assertThat(laws.surface().value().orElseThrow().parametersExponent())
        .isCloseTo(.5, within(1e-4));
  }

  @Test
  void outliersAndRepeatsTogetherAreNamedAndHardlyMoveTheRobustFit() {
    List<TrainedPoint> points = new ArrayList<>();
    for (TrainedPoint point : grid(ExactSurface.named("symmetric"), budget -> 1, 1e-3)) {
      boolean off = point.trial().equals("t9") || point.trial().equals("t30");
      TrainedPoint kept = off ? point.withLoss(Measurement.of(point.loss().value() + .5)) : point;
      points.add(kept);
      points.add(kept);
    }

    Laws laws = new LawFitter(1).fit(points, OPTIONS.withOutliers(OutlierTreatment.DOWNWEIGHT));

    assertThat(laws.findings())
        .filteredOn(FitWarning.Outlier.class::isInstance)
        .extracting(finding -> ((FitWarning.Outlier) finding).trial())
        .containsExactlyInAnyOrder("t9", "t30");
    assertThat(laws.findings()).filteredOn(FitWarning.CopiedTrial.class::isInstance).hasSize(42);
    assertThat(laws.parameters().value().orElseThrow().exponent()).isCloseTo(.5, within(.01));
  }

  private static FitWarning.ParabolaBiased bias(Laws laws) {
    return laws.findings().stream()
        .filter(FitWarning.ParabolaBiased.class::isInstance)
        .map(FitWarning.ParabolaBiased.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /** Seven sizes per budget, from an eighth of to eight times a centre, over the optimum's. */
  private static List<TrainedPoint> grid(
      ExactSurface surface, DoubleUnaryOperator centre, double noise) {
    CounterRandom random = new CounterRandom(1, 2);
    List<TrainedPoint> points = new ArrayList<>();
    for (double budget : Sweeps.paperBudgets()) {
      double middle = surface.optimalParameters(budget) * centre.applyAsDouble(budget);
      for (int j = 0; j < 7; j++) {
        double parameters = middle * StrictMath.pow(8, j / 3.0 - 1);
        double tokens = budget / (6 * parameters);
        double loss = surface.loss(parameters, tokens) + noise * random.nextGaussian();
        points.add(TrainedPoint.of("t" + points.size(), budget, parameters, tokens, loss));
      }
    }
    return points;
  }
}
