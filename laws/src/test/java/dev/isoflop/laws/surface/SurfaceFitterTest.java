package dev.isoflop.laws.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.isoflop.laws.ExactSurface;
import dev.isoflop.laws.Sweeps;
import dev.isoflop.laws.data.ComputeCost;
import dev.isoflop.laws.data.Measurement;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.finding.FitError;
import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.options.SurfaceObjective;
import dev.isoflop.laws.stats.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SurfaceFitterTest {

  private static final LawOptions OPTIONS = LawOptions.defaults().withBootstrap(0);
  private static final SurfaceObjective SQUARES = new SurfaceObjective.LeastSquares();

  static Stream<Arguments> surfaces() {
    List<ExactSurface> surfaces =
        List.of(
            ExactSurface.named("symmetric"),
            ExactSurface.named("chinchilla"),
            ExactSurface.named("asymmetric"),
            new ExactSurface(.55, 3.1, 40, .25, .33),
            new ExactSurface(.02, 60, 5, .6, .12));
    return surfaces.stream()
        .flatMap(
            surface ->
                Stream.of(SurfaceObjective.CHINCHILLA, SQUARES)
                    .map(objective -> Arguments.of(surface, objective)));
  }

  @ParameterizedTest
  @MethodSource("surfaces")
  void recoversExactSurfaces(ExactSurface truth, SurfaceObjective objective) {
    Surface found =
        fit(Sweeps.noisy(truth, Sweeps.paperBudgets(), 7, 8, 0, 1), objective).surface();

    assertThat(found.irreducible()).isCloseTo(truth.e(), within(1e-6));
    assertThat(found.alpha()).isCloseTo(truth.alpha(), within(1e-6));
    assertThat(found.beta()).isCloseTo(truth.beta(), within(1e-6));
    assertThat(found.parametersCoefficient() / truth.a()).isCloseTo(1, within(1e-6));
    assertThat(found.tokensCoefficient() / truth.b()).isCloseTo(1, within(1e-6));
  }

  @Test
  void givesTheClosedFormOptimum() {
    ExactSurface truth = ExactSurface.named("chinchilla");
    SurfaceFit fit = fit(Sweeps.noisy(truth, Sweeps.paperBudgets(), 7, 8, 0, 1), SQUARES);

    assertThat(fit.parametersExponent()).isCloseTo(truth.parametersExponent(), within(1e-8));
    assertThat(fit.tokensExponent()).isCloseTo(truth.tokensExponent(), within(1e-8));
    SurfacePrediction far = fit.predict(1e24);
    assertThat(far.parameters()).isCloseTo(truth.optimalParameters(1e24), withinPercentage(1e-4));
    assertThat(far.tokens()).isCloseTo(truth.optimalTokens(1e24), withinPercentage(1e-4));
  }

  @Test
  void minimisesAlongTheTrainedPointsCostWhenItIsNotSixNd() {
    ExactSurface truth = ExactSurface.named("chinchilla");
    ComputeCost cost = new ComputeCost(40, .9);
    List<TrainedPoint> points = new ArrayList<>();
    for (TrainedPoint point : Sweeps.noisy(truth, Sweeps.paperBudgets(), 7, 8, 0, 1)) {
      double tokens = cost.tokens(point.budget(), point.parameters());
      points.add(
          TrainedPoint.of(
              point.trial(),
              point.budget(),
              point.parameters(),
              tokens,
              truth.loss(point.parameters(), tokens)));
    }
    SurfaceFit fit = fit(points, SQUARES);
    double best = fit.predict(1e20).parameters();

    assertThat(fit.cost().coefficient()).isCloseTo(40, within(1e-6));
    assertThat(fit.cost().exponent()).isCloseTo(.9, within(1e-9));
    for (double other : new double[] {.99 * best, 1.01 * best}) {
      assertThat(truth.loss(other, cost.tokens(1e20, other)))
          .isGreaterThan(truth.loss(best, cost.tokens(1e20, best)));
    }
  }

  @Test
  void outliersHardlyMoveTheHuberFit() {
    ExactSurface truth = ExactSurface.named("chinchilla");
    List<TrainedPoint> points =
        new ArrayList<>(Sweeps.noisy(truth, Sweeps.paperBudgets(), 9, 8, 1e-3, 4));
    for (int i = 5; i < points.size(); i += 13) {
      TrainedPoint point = points.get(i);
      points.set(i, point.withLoss(Measurement.of(point.loss().value() * 1.3)));
    }
    double robust = fit(points, SurfaceObjective.CHINCHILLA).parametersExponent();
    double squares = fit(points, SQUARES).parametersExponent();

    assertThat(robust).isCloseTo(truth.parametersExponent(), within(.02));
    assertThat(Math.abs(squares - truth.parametersExponent()))
        .isGreaterThan(5 * Math.abs(robust - truth.parametersExponent()));
  }

  @Test
  void bootstrapIntervalsMostlyHoldTheTruth() {
    ExactSurface truth = ExactSurface.named("chinchilla");
    int sweeps = 12;
    int covered = 0;
    for (int seed = 0; seed < sweeps; seed++) {
      List<TrainedPoint> points = Sweeps.noisy(truth, Sweeps.paperBudgets(), 9, 8, 3e-3, seed);
      SurfaceFit fit =
          new LawFitter(1).fit(points, OPTIONS.withBootstrap(100)).surface().value().orElseThrow();
      SurfaceIntervals intervals = fit.intervals().orElseThrow();
      assertThat(fit.resamples()).isGreaterThan(95);
      assertThat(intervals.parametersExponent().width()).isBetween(.001, .02);
      covered += intervals.alpha().contains(truth.alpha()) ? 1 : 0;
      covered += intervals.beta().contains(truth.beta()) ? 1 : 0;
      covered += intervals.parametersExponent().contains(truth.parametersExponent()) ? 1 : 0;
    }
    assertThat(covered).isGreaterThanOrEqualTo(27);
  }

  @Test
  void refusesFewerPointsThanCoefficients() {
    List<TrainedPoint> points =
        Sweeps.noisy(ExactSurface.named("chinchilla"), new double[] {1e17, 1e18}, 3, 4, 0, 1);

    assertThat(refusal(points.subList(0, 5)))
        .isEqualTo("surface: 5 points, its five coefficients need at least 6; train 1 more");
  }

  @Test
  void refusesOneBudget() {
    List<TrainedPoint> points =
        Sweeps.noisy(ExactSurface.named("chinchilla"), new double[] {1e17}, 9, 4, 0, 1);

    assertThat(refusal(points)).contains("one budget").contains("train a second budget");
  }

  @Test
  void refusesEqualSizes() {
    List<TrainedPoint> points = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      double budget = StrictMath.pow(10, 17 + i);
      points.add(TrainedPoint.of("t" + i, budget, 1e7, budget / 6e7, 3 - .1 * i));
    }

    assertThat(refusal(points)).contains("fewer than three different sizes");
  }

  @Test
  void refusesWhenTheLossDoesNotDependOnTheSize() {
    List<TrainedPoint> points =
        Sweeps.noisy(ExactSurface.named("chinchilla"), Sweeps.paperBudgets(), 7, 8, 0, 1).stream()
            .map(
                point ->
                    point.withLoss(
                        Measurement.of(
                            1
                                + 50 * StrictMath.pow(point.tokens(), -.2)
                                + 1e-3 * StrictMath.log(point.parameters()))))
            .toList();

    assertThat(refusal(points)).contains("no power law in parameters");
  }

  @Test
  void refusesPointsOfOneSizePerBudget() {
    ExactSurface truth = ExactSurface.named("chinchilla");
    CounterRandom random = new CounterRandom(5, 6);
    List<TrainedPoint> points = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      double parameters = 1e6 * StrictMath.pow(1.4, i);
      // 20 tokens per parameter, but for what steps leave over
      double tokens = 20 * parameters * (1 + .01 * random.nextGaussian());
      points.add(
          TrainedPoint.of(
              "t" + i,
              6 * parameters * tokens,
              parameters,
              tokens,
              truth.loss(parameters, tokens) + 1e-3 * random.nextGaussian()));
    }

    assertThat(refusal(points)).contains("on one line of log N and log D");
  }

  @Test
  void refusesATermThatIsSmallerThanTheLossIsKnown() {
    List<TrainedPoint> points =
        Sweeps.noisy(ExactSurface.named("chinchilla"), Sweeps.paperBudgets(), 7, 8, 0, 1).stream()
            .map(
                point ->
                    point.withLoss(
                        Measurement.of(
                            new ExactSurface(2, 1e-5, 500, .3, .3)
                                .loss(point.parameters(), point.tokens()))))
            .toList();

    assertThat(refusal(points)).contains("no power law in parameters");
  }

  @Test
  void acceptsManySizesThatAllHaveBudgetsOfTheirOwn() {
    ExactSurface truth = ExactSurface.named("chinchilla");
    List<TrainedPoint> points = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 5; j++) {
        double parameters = 1e7 * StrictMath.pow(3, i);
        double tokens = 1e9 * StrictMath.pow(2.3, j);
        points.add(
            TrainedPoint.of(
                "t" + i + j,
                6 * parameters * tokens,
                parameters,
                tokens,
                truth.loss(parameters, tokens)));
      }
    }

    assertThat(fit(points, SurfaceObjective.CHINCHILLA).surface().alpha())
        .isCloseTo(.34, within(1e-6));
  }

  private static SurfaceFit fit(List<TrainedPoint> points, SurfaceObjective objective) {
    return new LawFitter(1)
        .fit(points, OPTIONS.withSurface(objective))
        .surface()
        .value()
        .orElseThrow();
  }

  private static String refusal(List<TrainedPoint> points) {
    return new LawFitter(1)
        .fit(points, OPTIONS)
        .surface()
        .refusal()
        .map(FitError::message)
        .orElse("not refused");
  }
}
