package dev.isoflop.laws.fit;

import dev.isoflop.laws.ExactSurface;
import dev.isoflop.laws.Sweeps;
import dev.isoflop.laws.data.Measurement;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.options.OffsetChoice;
import dev.isoflop.laws.stats.CounterRandom;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Measures coverage; its output is the table of docs/coverage.md, with its command. */
@Tag("bench")
public class CoverageBench {

  private static final int SWEEPS = Integer.getInteger("isoflop.coverage.sweeps", 1000);
  private static final int FIRST = Integer.getInteger("isoflop.coverage.first", 0);
  private static final int BOOTSTRAP = Integer.getInteger("isoflop.coverage.bootstrap", 500);
  private static final LawOptions OPTIONS =
      LawOptions.defaults().withBootstrap(BOOTSTRAP).withOffsets(OffsetChoice.NEVER);

  /** A row of the table: sweeps, by their seeds, from a surface. */
  record Scenario(String name, ExactSurface surface, IntFunction<List<TrainedPoint>> sweep) {
    Coverage coverage(int first, int sweeps, LawOptions options) {
      return Coverage.of(
          sweeps, i -> sweep.apply(first + i), surface.parametersExponent(), options);
    }
  }

  /** All rows, in the order of the table. */
  static List<Scenario> scenarios() {
    List<Scenario> all = new ArrayList<>();
    ExactSurface symmetric = ExactSurface.named("symmetric");
    for (double noise : new double[] {1e-3, 3e-3, 1e-2}) {
      all.add(
          new Scenario(
              "symmetric, noise " + BigDecimal.valueOf(noise).stripTrailingZeros().toPlainString(),
              symmetric,
              seed -> sweep(symmetric, noise, 8, budget -> 1, seed)));
    }
    all.add(
        new Scenario(
            "symmetric, grid of 4x",
            symmetric,
            seed -> sweep(symmetric, 3e-3, 4, budget -> 1, seed)));
    all.add(
        new Scenario("symmetric, heavy tails", symmetric, seed -> tailed(symmetric, 3e-3, seed)));
    all.add(
        new Scenario("symmetric, noise falls", symmetric, seed -> falling(symmetric, 3e-3, seed)));
    all.add(
        new Scenario(
            "symmetric, budgets scatter 10 %",
            symmetric, seed -> scattered(symmetric, 3e-3, seed)));
    all.add(
        new Scenario(
            "symmetric, budgets with errors of their own",
            symmetric,
            seed -> jittered(symmetric, 1e-3, .05, seed)));
    for (String name : List.of("chinchilla", "asymmetric")) {
      ExactSurface surface = ExactSurface.named(name);
      all.add(
          new Scenario(
              name + ", centred", surface, seed -> sweep(surface, 3e-3, 8, budget -> 1, seed)));
      all.add(
          new Scenario(
              name + ", offset 3x", surface, seed -> sweep(surface, 3e-3, 8, budget -> 3, seed)));
      all.add(
          new Scenario(
              name + ", drift to 3x",
              surface,
              seed ->
                  sweep(
                      surface,
                      3e-3,
                      8,
                      budget ->
                          StrictMath.pow(3, StrictMath.log(budget / 1e17) / StrictMath.log(60)),
                      seed)));
    }
    return all;
  }

  @Test
  void tableOfCoverage() {
    System.out.println(
        "scenario | sweeps | refused | Student | bootstrap | width | width | ParabolaBiased");
    for (Scenario scenario : scenarios()) {
      System.out.println(
          "%s | %s".formatted(scenario.name(), scenario.coverage(FIRST, SWEEPS, OPTIONS)));
    }
  }

  public static List<TrainedPoint> sweep(
      ExactSurface surface, double noise, double span, DoubleUnaryOperator centre, int seed) {
    CounterRandom random = new CounterRandom(seed, 77);
    List<TrainedPoint> points = new ArrayList<>();
    for (double budget : Sweeps.paperBudgets()) {
      double middle = surface.optimalParameters(budget) * centre.applyAsDouble(budget);
      for (int j = 0; j < 7; j++) {
        double parameters = middle * StrictMath.pow(span, j / 3.0 - 1);
        double tokens = budget / (6 * parameters);
        double loss = surface.loss(parameters, tokens) + noise * random.nextGaussian();
        points.add(TrainedPoint.of("t" + points.size(), budget, parameters, tokens, loss));
      }
    }
    return points;
  }

  private static List<TrainedPoint> tailed(ExactSurface surface, double noise, int seed) {
    CounterRandom random = new CounterRandom(seed, 78);
    return sweep(surface, 0, 8, budget -> 1, seed).stream()
        .map(
            point -> {
              // Student's t with three degrees of freedom, scaled to unit variance
              double square = 0;
              for (int i = 0; i < 3; i++) {
                double each = random.nextGaussian();
                square += each * each;
              }
              double deviation = random.nextGaussian() / StrictMath.sqrt(square);
              return point.withLoss(Measurement.of(point.loss().value() + noise * deviation));
            })
        .toList();
  }

  private static List<TrainedPoint> falling(ExactSurface surface, double noise, int seed) {
    CounterRandom random = new CounterRandom(seed, 79);
    return sweep(surface, 0, 8, budget -> 1, seed).stream()
        .map(
            point -> {
              double size = noise * StrictMath.pow(point.budget() / 1e17, -.3);
              return point.withLoss(
                  Measurement.of(point.loss().value() + size * random.nextGaussian()));
            })
        .toList();
  }

  /** Training ends somewhat before or after its budget, and the points say so. */
  static List<TrainedPoint> scattered(ExactSurface surface, double noise, int seed) {
    CounterRandom random = new CounterRandom(seed, 80);
    return sweep(surface, 0, 8, budget -> 1, seed).stream()
        .map(
            point -> {
              double factor = 1 + .1 * (2 * random.nextDouble() - 1);
              double tokens = point.tokens() * factor;
              return TrainedPoint.of(
                  point.trial(),
                  point.budget() * factor,
                  point.parameters(),
                  tokens,
                  surface.loss(point.parameters(), tokens) + noise * random.nextGaussian());
            })
        .toList();
  }

  /** Every budget's optimum lies beside the law, by more than its trials' noise explains. */
  public static List<TrainedPoint> jittered(
      ExactSurface surface, double noise, double jitter, int seed) {
    CounterRandom random = new CounterRandom(seed, 81);
    List<TrainedPoint> points = new ArrayList<>();
    for (double budget : Sweeps.paperBudgets()) {
      double shift = StrictMath.exp(jitter * random.nextGaussian());
      for (int j = 0; j < 7; j++) {
        double parameters = surface.optimalParameters(budget) * StrictMath.pow(8, j / 3.0 - 1);
        double loss = surface.loss(parameters / shift, budget * shift / (6 * parameters));
        points.add(
            TrainedPoint.of(
                "t" + points.size(),
                budget,
                parameters,
                budget / (6 * parameters),
                loss + noise * random.nextGaussian()));
      }
    }
    return points;
  }
}
