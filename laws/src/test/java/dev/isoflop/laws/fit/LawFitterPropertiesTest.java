package dev.isoflop.laws.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.laws.ExactSurface;
import dev.isoflop.laws.Sweeps;
import dev.isoflop.laws.data.Measurement;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.finding.Fit;
import dev.isoflop.laws.isoflop.IsoFlopCurve;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.powerlaw.PowerLaw;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class LawFitterPropertiesTest {

  private static final LawOptions OPTIONS = LawOptions.defaults().withBootstrap(20);

  @Property(tries = 50)
  void theOrderOfThePointsDoesNotMatter(@ForAll long seed, @ForAll long shuffle) {
    List<TrainedPoint> points = sweep(seed);
    List<TrainedPoint> shuffled = new ArrayList<>(points);
    Collections.shuffle(shuffled, new Random(shuffle));

    assertThat(bits(shuffled, 1)).isEqualTo(bits(points, 1));
  }

  @Property(tries = 20)
  void theNumberOfThreadsDoesNotMatter(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 7) int threads) {
    assertThat(bits(sweep(seed), threads)).isEqualTo(bits(sweep(seed), 1));
  }

  @Property(tries = 50)
  void unitsOfSizeMoveTheCoefficientAndNotTheExponent(
      @ForAll long seed, @ForAll @DoubleRange(min = .01, max = 1000) double unit) {
    List<TrainedPoint> points = sweep(seed);
    List<TrainedPoint> scaled =
        points.stream()
            .map(
                point ->
                    TrainedPoint.of(
                        point.trial(),
                        point.budget(),
                        point.parameters() * unit,
                        point.tokens() / unit,
                        point.loss().value()))
            .toList();
    PowerLaw before = parameters(points);
    PowerLaw after = parameters(scaled);

    assertThat(after.exponent()).isCloseTo(before.exponent(), within(1e-7));
    assertThat(after.at(1e18) / before.at(1e18)).isCloseTo(unit, within(unit * 1e-7));
    assertThat(after.interval().exponent().width())
        .isCloseTo(before.interval().exponent().width(), within(1e-7));
  }

  @Property(tries = 50)
  void unitsOfLossMoveNeitherOptimaNorTheirIntervals(
      @ForAll long seed, @ForAll @DoubleRange(min = .01, max = 100) double unit) {
    List<TrainedPoint> points = sweep(seed);
    List<TrainedPoint> scaled =
        points.stream()
            .map(point -> point.withLoss(Measurement.of(point.loss().value() * unit)))
            .toList();

    assertThat(parameters(scaled).exponent())
        .isCloseTo(parameters(points).exponent(), within(1e-7));
  }

  @Property(tries = 20)
  void everyCopyOfTheInputHasTheSameDigestAndEveryChangeAnother(@ForAll long seed) {
    List<TrainedPoint> points = sweep(seed);
    List<TrainedPoint> changed = new ArrayList<>(points);
    TrainedPoint first = changed.get(0);
    changed.set(0, first.withLoss(Measurement.of(Math.nextUp(first.loss().value()))));

    String digest = digest(points, OPTIONS);
    assertThat(digest).matches("sha256:[0-9a-f]{64}").isEqualTo(digest(sweep(seed), OPTIONS));
    assertThat(digest(changed, OPTIONS)).isNotEqualTo(digest);
    assertThat(digest(points, OPTIONS.withSeed(1))).isNotEqualTo(digest);
  }

  private static List<TrainedPoint> sweep(long seed) {
    return Sweeps.noisy(ExactSurface.named("chinchilla"), Sweeps.paperBudgets(), 7, 8, 2e-3, seed);
  }

  private static String digest(List<TrainedPoint> points, LawOptions options) {
    return new LawFitter(1).fit(points, options).provenance().inputDigest();
  }

  private static PowerLaw parameters(List<TrainedPoint> points) {
    return new LawFitter(1).fit(points, OPTIONS).parameters().value().orElseThrow();
  }

  /** Every number that a user could see, so that equality means equal bits. */
  private static String bits(List<TrainedPoint> points, int threads) {
    Laws laws = new LawFitter(threads).fit(points, OPTIONS);
    StringBuilder text = new StringBuilder();
    text.append(laws.provenance()).append(laws.findings()).append(laws.predict(1e21));
    for (IsoFlopCurve curve : laws.curves()) {
      text.append(curve.optimum());
    }
    laws.surface()
        .value()
        .ifPresent(
            fit -> text.append(fit.surface()).append(fit.predict(1e21)).append(fit.intervals()));
    text.append(laws.rolling());
    for (Fit<PowerLaw> fit : laws.quantities().values()) {
      fit.value()
          .ifPresent(
              law ->
                  text.append(law.coefficient())
                      .append(law.exponent())
                      .append(law.interval())
                      .append(law.bootstrapInterval()));
    }
    return text.toString();
  }
}
