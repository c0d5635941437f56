package dev.isoflop.laws.powerlaw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.laws.Sweeps;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.options.OffsetChoice;
import dev.isoflop.laws.stats.CounterRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class SaturatingLawTest {

  private static final double[] DECADES = {1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  private static final LawOptions OPTIONS = LawOptions.defaults().withBootstrap(50);

  @Test
  void recoversAnOffsetThatTheLossLevelsOffAt() {
    PowerLaw law = lossLaw(DECADES, c -> 1.69 + 400 * StrictMath.pow(c, -.15), OPTIONS);

    assertThat(law.form().chosen()).isEqualTo(LawForm.SATURATING);
    assertThat(law.offset()).hasValueCloseTo(1.69, within(1e-6));
    assertThat(law.exponent()).isCloseTo(-.15, within(1e-6));
    assertThat(law.coefficient()).isCloseTo(400, within(1e-2));
    assertThat(law.predict(1e26).value())
        .isCloseTo(1.69 + 400 * StrictMath.pow(1e26, -.15), within(1e-6));
    assertThat(law.method()).contains("offset");
  }

  @Test
  void keepsThePurePowerLawWhereTheOffsetBuysNothing() {
    PowerLaw law = lossLaw(DECADES, c -> 2.3943 * StrictMath.pow(c, -.0273), OPTIONS);

    assertThat(law.form().chosen()).isEqualTo(LawForm.POWER);
    assertThat(law.offset()).isEmpty();
    assertThat(law.exponent()).isCloseTo(-.0273, within(1e-9));
  }

  @Test
  void doesNotBuyAnOffsetWithNoise() {
    int chosen = 0;
    for (int seed = 0; seed < 40; seed++) {
      CounterRandom random = new CounterRandom(seed, 3);
      PowerLaw law =
          lossLaw(
              DECADES,
              c -> 2.3943 * StrictMath.pow(c, -.0273) * (1 + 5e-3 * random.nextGaussian()),
              OPTIONS.withBootstrap(0));
      chosen += law.form().chosen() == LawForm.SATURATING ? 1 : 0;
    }
    assertThat(chosen).isLessThanOrEqualTo(4);
  }

  @Test
  void saysThatFiveBudgetsCannotTell() {
    double[] few = {1e16, 1e17, 1e18, 1e19, 1e20};
    FormChoice choice = lossLaw(few, c -> 1.69 + 400 * StrictMath.pow(c, -.15), OPTIONS).form();

    assertThat(choice.chosen()).isEqualTo(LawForm.POWER);
    assertThat(choice.why()).isEqualTo("5 budgets cannot tell an offset; 6 can");
  }

  @Test
  void canBeToldNotToLookForAnOffset() {
    PowerLaw law =
        lossLaw(
            DECADES,
            c -> 1.69 + 400 * StrictMath.pow(c, -.15),
            OPTIONS.withOffsets(OffsetChoice.NEVER));

    assertThat(law.form().chosen()).isEqualTo(LawForm.POWER);
    assertThat(law.rSquared()).isLessThan(.99);
  }

  @Test
  void sizesNeverLevelOff() {
    Laws laws = new LawFitter(1).fit(sweep(DECADES, c -> 2), OPTIONS);

    assertThat(laws.parameters().value().orElseThrow().form().why())
        .isEqualTo("an offset was not considered");
  }

  @Test
  void intervalsOfASaturatingLawHoldTheTruth() {
    int covered = 0;
    for (int seed = 0; seed < 20; seed++) {
      CounterRandom random = new CounterRandom(seed, 5);
      PowerLaw law =
          lossLaw(
              DECADES,
              c -> (1.69 + 400 * StrictMath.pow(c, -.15)) * (1 + 1e-3 * random.nextGaussian()),
              OPTIONS.withBootstrap(0));
      assertThat(law.form().chosen()).isEqualTo(LawForm.SATURATING);
      covered += law.interval().offset().orElseThrow().contains(1.69) ? 1 : 0;
      covered += law.interval().exponent().contains(-.15) ? 1 : 0;
      covered +=
          law.predict(1e24).interval().contains(1.69 + 400 * StrictMath.pow(1e24, -.15)) ? 1 : 0;
    }
    assertThat(covered).isGreaterThanOrEqualTo(51);
  }

  private static PowerLaw lossLaw(double[] budgets, DoubleUnaryOperator loss, LawOptions options) {
    return new LawFitter(1).fit(sweep(budgets, loss), options).loss().value().orElseThrow();
  }

  /** The optimal loss is asked for once per point, so noise is drawn once per budget beforehand. */
  private static List<TrainedPoint> sweep(double[] budgets, DoubleUnaryOperator loss) {
    Map<Double, Double> fixed = new HashMap<>();
    return Sweeps.parabolic(
        budgets,
        7,
        8,
        c -> 1e-3 * StrictMath.sqrt(c),
        c -> fixed.computeIfAbsent(c, loss::applyAsDouble));
  }
}
