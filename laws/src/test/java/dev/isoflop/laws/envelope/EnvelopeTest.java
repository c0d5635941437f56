package dev.isoflop.laws.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.laws.ExactSurface;
import dev.isoflop.laws.Sweeps;
import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.data.Measurement;
import dev.isoflop.laws.data.Snapshot;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.data.TrainingCurve;
import dev.isoflop.laws.finding.Fit;
import dev.isoflop.laws.finding.FitError;
import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.options.OffsetChoice;
import dev.isoflop.laws.powerlaw.PowerLaw;
import dev.isoflop.laws.stats.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

  private static final LawOptions OPTIONS =
      LawOptions.defaults().withBootstrap(0).withOffsets(OffsetChoice.NEVER);
  private static final ExactSurface SYMMETRIC = ExactSurface.named("symmetric");

  @Test
  void findsTheOptimaOfASymmetricSurfaceWhereCurvesCross() {
    EnvelopeLaws laws = fit(curves(SYMMETRIC, 9, 0));

    assertThat(laws.points()).hasSize(8);
    assertThat(laws.points())
        .allSatisfy(
            point -> {
              double size = SYMMETRIC.optimalParameters(point.flops());
              double tokens = SYMMETRIC.optimalTokens(point.flops());
              assertThat(point.parameters() / size).isCloseTo(1, within(.01));
              assertThat(point.tokens() / tokens).isCloseTo(1, within(.01));
              assertThat(point.loss() / SYMMETRIC.loss(size, tokens)).isBetween(1.0, 1.01);
            });
    assertThat(exponent(laws.law(LawQuantity.PARAMETERS))).isCloseTo(.5, within(1e-3));
    assertThat(exponent(laws.law(LawQuantity.TOKENS))).isCloseTo(.5, within(1e-3));
    assertThat(exponent(laws.law(LawQuantity.LOSS))).isNegative();
    assertThat(laws.law(LawQuantity.PARAMETERS).value().orElseThrow().method())
        .startsWith("lower envelope of training curves");
  }

  @Test
  void findsTheExponentsOfAnAsymmetricSurface() {
    ExactSurface chinchilla = ExactSurface.named("chinchilla");
    EnvelopeLaws laws = fit(curves(chinchilla, 9, 0));

    assertThat(exponent(laws.law(LawQuantity.PARAMETERS)))
        .isCloseTo(chinchilla.parametersExponent(), within(.005));
    assertThat(exponent(laws.law(LawQuantity.TOKENS)))
        .isCloseTo(chinchilla.tokensExponent(), within(.005));
  }

  @Test
  void noiseOnTheCurvesWidensTheIntervalAroundTheTruth() {
    int covered = 0;
    for (int seed = 1; seed <= 40; seed++) {
      PowerLaw law =
          fit(curves(SYMMETRIC, 9, seed)).law(LawQuantity.PARAMETERS).value().orElseThrow();
      assertThat(law.exponent()).isCloseTo(.5, within(.08));
      covered += law.interval().exponent().contains(.5) ? 1 : 0;
    }
    assertThat(covered).isBetween(34, 40);
  }

  @Test
  void aRunThatEndsBeforeTheNextSizeIsBetterGivesNoPoint() {
    List<TrainingCurve> curves = curves(SYMMETRIC, 9, 0);
    TrainingCurve third = curves.get(2);
    double crossing = fit(curves).points().get(2).flops();
    curves.set(
        2,
        with(third, third.snapshots().stream().filter(it -> it.flops() < crossing / 2).toList()));

    List<EnvelopePoint> points = fit(curves).points();

    assertThat(points).hasSize(7);
    assertThat(points)
        .allSatisfy(
            point ->
                assertThat(point.parameters() / SYMMETRIC.optimalParameters(point.flops()))
                    .isCloseTo(1, within(.01)));
  }

  @Test
  void leavesOutTheWarmUpAndShorterRunsOfASize() {
    List<TrainingCurve> plain = curves(SYMMETRIC, 9, 0);
    List<TrainingCurve> more = new ArrayList<>();
    for (TrainingCurve curve : plain) {
      double start = curve.snapshots().get(0).tokens();
      List<Snapshot> snapshots = new ArrayList<>(curve.snapshots());
      // lower than anything later, which a warm-up cannot be
      snapshots.add(new Snapshot(start / 2, 3 * start * curve.parameters(), .1));
      more.add(new TrainingCurve(curve.trial(), curve.parameters(), true, start, snapshots));
      more.add(
          with(
              new TrainingCurve("short" + curve.trial(), curve.parameters(), true, 0, List.of()),
              curve.snapshots().subList(0, 10).stream()
                  .map(it -> new Snapshot(it.tokens(), it.flops(), it.loss() / 2))
                  .toList()));
    }

    assertThat(fit(more).points()).isEqualTo(fit(plain).points());
  }

  @Test
  void refusesCurvesOfADecayingRate() {
    List<TrainingCurve> curves = curves(SYMMETRIC, 9, 0);
    TrainingCurve first = curves.get(3);
    curves.set(
        3, new TrainingCurve(first.trial(), first.parameters(), false, 0, first.snapshots()));

    assertThat(Envelope.fit(curves, OPTIONS).refusal())
        .contains(new FitError.ScheduleDecays(first.trial()));
  }

  @Test
  void refusesTooFewCrossingsAndSaysWhatToTrain() {
    List<TrainingCurve> curves = curves(SYMMETRIC, 9, 0);

    assertThat(Envelope.fit(List.of(), OPTIONS).refusal().orElseThrow().message())
        .isEqualTo(
            "envelope: training curves of neighbouring sizes never cross, and laws need 3"
                + " crossings; train more sizes, and the smaller ones until the next larger has a"
                + " lower loss");
    assertThat(Envelope.fit(curves.subList(0, 3), OPTIONS).refusal())
        .containsInstanceOf(FitError.TooFewCrossings.class);
    assertThat(Envelope.fit(curves.subList(0, 4), OPTIONS).value()).isPresent();
  }

  @Test
  void holdsItsExponentAgainstTheParabolas() {
    EnvelopeLaws envelope = fit(curves(SYMMETRIC, 9, 7));
    Laws agreeing = laws(SYMMETRIC::optimalParameters);
    Laws steeper = laws(budget -> 1e-5 * StrictMath.pow(budget, .75));

    assertThat(Envelope.disagreement(envelope, agreeing)).isEmpty();
    assertThat(Envelope.disagreement(envelope, steeper))
        .hasValueSatisfying(
            finding ->
                assertThat(finding.message()).contains("by the envelope of the training curves"));
  }

  @Test
  void rejectsSnapshotsThatCannotBe() {
    assertThatThrownBy(() -> new Snapshot(0, 1e17, 2)).hasMessageContaining("tokens: 0.0");
    assertThatThrownBy(() -> new Snapshot(1e9, Double.NaN, 2)).hasMessageContaining("flops: NaN");
    assertThatThrownBy(() -> new Snapshot(1e9, 1e17, Double.POSITIVE_INFINITY))
        .hasMessageContaining("loss: Infinity");
    assertThatThrownBy(() -> new TrainingCurve("a", -1, true, 0, List.of()))
        .hasMessageContaining("trial 'a'");
    assertThatThrownBy(() -> new TrainingCurve("a", 1, true, -1, List.of()))
        .hasMessageContaining("warmupTokens: -1.0");
  }

  private static EnvelopeLaws fit(List<TrainingCurve> curves) {
    return Envelope.fit(curves, OPTIONS).value().orElseThrow();
  }

  private static double exponent(Fit<PowerLaw> law) {
    return law.value().orElseThrow().exponent();
  }

  private static Laws laws(DoubleUnaryOperator optimalParameters) {
    List<TrainedPoint> points =
        Sweeps.parabolic(Sweeps.paperBudgets(), 7, 4, optimalParameters, c -> 100 / Math.log(c));
    CounterRandom random = new CounterRandom(5, 6);
    ToDoubleFunction<TrainedPoint> noisy =
        point -> point.loss().value() + 1e-4 * random.nextGaussian();
    return new LawFitter(1)
        .fit(
            points.stream()
                .map(point -> point.withLoss(Measurement.of(noisy.applyAsDouble(point))))
                .toList(),
            OPTIONS);
  }

  private static TrainingCurve with(TrainingCurve curve, List<Snapshot> snapshots) {
    return new TrainingCurve(curve.trial(), curve.parameters(), true, 0, snapshots);
  }

  /** Sizes from 1e6 in steps of 1.8, trained from 1/30 to 30 times their optimal compute. */
  private static List<TrainingCurve> curves(ExactSurface surface, int sizes, int seed) {
    List<TrainingCurve> curves = new ArrayList<>();
    for (int i = 0; i < sizes; i++) {
      double parameters = 1e6 * StrictMath.pow(1.8, i);
      double optimal =
          6
              * StrictMath.pow(
                  parameters / surface.optimalParameters(6), 1 / surface.parametersExponent());
      CounterRandom random = new CounterRandom(seed, i);
      List<Snapshot> snapshots = new ArrayList<>();
      for (int j = 0; j < 200; j++) {
        double flops = optimal / 30 * StrictMath.pow(900, j / 199.0);
        double tokens = flops / (6 * parameters);
        double noise = seed == 0 ? 0 : 3e-4 * random.nextGaussian();
        snapshots.add(new Snapshot(tokens, flops, surface.loss(parameters, tokens) + noise));
      }
      curves.add(new TrainingCurve("size" + i, parameters, true, 0, snapshots));
    }
    return curves;
  }
}
