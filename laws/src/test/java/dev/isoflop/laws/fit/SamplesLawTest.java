package dev.isoflop.laws.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.laws.ExactSurface;
import dev.isoflop.laws.Sweeps;
import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.finding.FitError;
import dev.isoflop.laws.isoflop.Optimum;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.powerlaw.LawInterval;
import dev.isoflop.laws.powerlaw.PowerLaw;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The law of the images, S*, which follows from that of the tokens. */
class SamplesLawTest {
  private static final LawOptions OPTIONS = LawOptions.defaults().withBootstrap(50);
  private static final Offset<Double> ROUNDING = within(1e-9);

  /** Whose budgets have errors of their own, so that resampled optima are scattered further. */
  private static final List<TrainedPoint> SWEEP =
      CoverageBench.jittered(ExactSurface.named("symmetric"), 1e-3, .05, 1);

  @Test
  void hasTheExponentAndIntervalsOfTokensWhereEveryImageHasAsMany() {
    Laws laws = fit(samples(SWEEP, point -> point.tokens() / 256));
    PowerLaw tokens = laws.tokens().value().orElseThrow();
    PowerLaw samples = laws.law(LawQuantity.SAMPLES).value().orElseThrow();

    assertThat(samples.exponent()).isCloseTo(tokens.exponent(), ROUNDING);
    assertThat(tokens.coefficient() / samples.coefficient()).isCloseTo(256, within(1e-6));
    assertSame(samples.interval(), tokens.interval());
    assertSame(samples.bootstrapInterval().orElseThrow(), tokens.bootstrapInterval().orElseThrow());
    Optimum optimum = laws.curves().get(0).optimum().value().orElseThrow();
    assertThat(optimum.samples()).hasValueCloseTo(optimum.tokens() / 256, within(1.0));
    Prediction prediction = laws.predict(1e20);
    double predicted = prediction.of(LawQuantity.SAMPLES).orElseThrow().value();
    assertThat(prediction.tokens().orElseThrow().value() / predicted).isCloseTo(256, within(1e-6));
  }

  @Test
  void hasAnExponentOfItsOwnWhereLargerModelsGetMoreTokensPerImage() {
    List<TrainedPoint> exact =
        Sweeps.parabolic(
            Sweeps.paperBudgets(), 7, 8, c -> 1e-3 * StrictMath.sqrt(c), c -> 20 / c + 1);
    Laws laws =
        fit(samples(exact, point -> point.tokens() / StrictMath.pow(point.parameters(), .2)));

    assertThat(laws.tokens().value().orElseThrow().exponent()).isCloseTo(.5, ROUNDING);
    assertThat(laws.law(LawQuantity.SAMPLES).value().orElseThrow().exponent())
        .isCloseTo(.4, ROUNDING);
  }

  @Test
  void isRefusedWithoutAFindingWhereAPointDoesNotKnowItsImages() {
    List<TrainedPoint> points =
        SWEEP.stream()
            .map(point -> point.budget() == 6e18 ? point : point.withSamples(point.tokens() / 256))
            .toList();
    Laws laws = fit(points);

    assertThat(laws.law(LawQuantity.SAMPLES).refusal())
        .contains(new FitError.QuantityUnknown("S*(C)", List.of(6e18)));
    assertThat(laws.law(LawQuantity.SAMPLES).refusal().map(FitError::message))
        .contains("S*(C): some points at 6e18 do not say theirs; give it for every point");
    assertThat(laws.findings()).isEqualTo(fit(SWEEP).findings());
    assertThat(laws.predict(1e20).of(LawQuantity.SAMPLES)).isEmpty();
  }

  @Test
  void leavesTheBitsOfTheOtherLawsAlone() {
    Laws with = fit(samples(SWEEP, point -> point.tokens() / 256));
    Laws without = fit(SWEEP);

    assertThat(LawQuantity.mainOnes()).hasSize(3);
    for (LawQuantity quantity : LawQuantity.mainOnes()) {
      PowerLaw ours = with.law(quantity).value().orElseThrow();
      PowerLaw theirs = without.law(quantity).value().orElseThrow();
      assertThat(ours.coefficient()).isEqualTo(theirs.coefficient());
      assertThat(ours.interval()).isEqualTo(theirs.interval());
      assertThat(ours.bootstrapInterval()).isEqualTo(theirs.bootstrapInterval());
    }
  }

  @Test
  void isHeldAgainstBudgetsItDidNotSee() {
    Laws laws =
        new LawFitter(1)
            .fit(
                samples(SWEEP, point -> point.tokens() / 256),
                OPTIONS.withBootstrap(0).withHoldOutLargest(1));

    Check tokens = laws.heldOut().get(0).check(LawQuantity.TOKENS).orElseThrow();
    Check samples = laws.heldOut().get(0).check(LawQuantity.SAMPLES).orElseThrow();
    assertThat(samples.relativeError()).isCloseTo(tokens.relativeError(), ROUNDING);
    assertThat(laws.rolling())
        .isNotEmpty()
        .allSatisfy(budget -> assertThat(budget.check(LawQuantity.SAMPLES)).isPresent());
  }

  private static void assertSame(LawInterval samples, LawInterval tokens) {
    assertThat(samples.exponent().low()).isCloseTo(tokens.exponent().low(), ROUNDING);
    assertThat(samples.exponent().high()).isCloseTo(tokens.exponent().high(), ROUNDING);
  }

  private static Laws fit(List<TrainedPoint> points) {
    return new LawFitter(1).fit(points, OPTIONS);
  }

  private static List<TrainedPoint> samples(
      List<TrainedPoint> points, ToDoubleFunction<TrainedPoint> count) {
    return points.stream().map(point -> point.withSamples(count.applyAsDouble(point))).toList();
  }
}
