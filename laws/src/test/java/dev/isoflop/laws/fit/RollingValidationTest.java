package dev.isoflop.laws.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.laws.ExactSurface;
import dev.isoflop.laws.Sweeps;
import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.data.Measurement;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.options.LawOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollingValidationTest {

  private static final LawOptions OPTIONS = LawOptions.defaults().withBootstrap(0);

  @Test
  void predictsEveryLargerBudgetFromTheSmallerOnes() {
    List<HeldOutBudget> checks = laws(1e-3).rolling();

    assertThat(checks).extracting(check -> check.fitted().size()).containsExactly(3, 3, 3, 4, 4, 5);
    assertThat(checks)
        .extracting(HeldOutBudget::budget)
        .containsExactly(1e18, 3e18, 6e18, 3e18, 6e18, 6e18);
    HeldOutBudget last = checks.get(5);
    assertThat(last.fitted()).containsExactly(1e17, 3e17, 6e17, 1e18, 3e18);
    assertThat(parameters(last).relativeError()).isCloseTo(0, within(.1));
    assertThat(loss(last).relativeError()).isCloseTo(0, within(.03));
    assertThat(parameters(last).prediction().extrapolationFactor()).isCloseTo(2, within(1e-9));
  }

  @Test
  void predictionBandsHoldAsOftenAsTheySay() {
    int within = 0;
    int all = 0;
    for (int seed = 0; seed < 150; seed++) {
      List<TrainedPoint> points =
          Sweeps.noisy(ExactSurface.named("symmetric"), Sweeps.paperBudgets(), 7, 4, 3e-3, seed);
      List<HeldOutBudget> checks = new LawFitter(1).fit(points, OPTIONS).rolling();
      within += parameters(checks.get(checks.size() - 1)).within() ? 1 : 0;
      all++;
    }
    assertThat(within / (double) all).isBetween(.89, .99);
  }

  @Test
  void anAlteredLargestBudgetFallsOutsideItsBand() {
    List<TrainedPoint> points =
        Sweeps.noisy(ExactSurface.named("symmetric"), Sweeps.paperBudgets(), 7, 4, 1e-3, 1).stream()
            .map(
                point ->
                    point.budget() == 6e18
                        ? point.withLoss(Measurement.of(point.loss().value() + .2))
                        : point)
            .toList();
    List<HeldOutBudget> checks = new LawFitter(1).fit(points, OPTIONS).rolling();

    assertThat(loss(checks.get(checks.size() - 1)).within()).isFalse();
    assertThat(loss(checks.get(checks.size() - 1)).relativeError()).isNegative();
  }

  @Test
  void holdsALaterTrainedOptimumAgainstItsPrediction() {
    Laws laws = laws(1e-3);
    double predicted = laws.predict(1e20).loss().orElseThrow().value();

    Check close = laws.check(1e20, predicted * 1.0001).orElseThrow();
    assertThat(close.within()).isTrue();
    assertThat(close.relativeError()).isCloseTo(-1e-4, within(1e-6));
    assertThat(laws.check(1e20, predicted * 2).orElseThrow().within()).isFalse();
  }

  private static Check parameters(HeldOutBudget budget) {
    return budget.check(LawQuantity.PARAMETERS).orElseThrow();
  }

  private static Check loss(HeldOutBudget budget) {
    return budget.check(LawQuantity.LOSS).orElseThrow();
  }

  private static Laws laws(double noise) {
    return new LawFitter(1)
        .fit(
            Sweeps.noisy(ExactSurface.named("chinchilla"), Sweeps.paperBudgets(), 7, 4, noise, 1),
            OPTIONS);
  }
}
