package dev.isoflop.operator.sweep;

import com.sun.management.OperatingSystemMXBean;
import dev.isoflop.api.v1alpha1.SweepLimits;
import dev.isoflop.laws.data.ComputeCost;
import dev.isoflop.laws.data.Measurement;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.stats.CounterRandom;
import dev.isoflop.laws.surface.Surface;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times one fit of all laws at the bounds of a manifest, as a turn of the operator does. */
@Tag("bench")
class LargestFitBench {
  @ParameterizedTest
  @CsvSource({
    "6, 7, 1, 1",
    "6, 10, 1, 4",
    "6, 10, 1, 48",
    "64, 4, 16, 1",
    "64, 64, 1, 1",
    "64, 64, 1, 4",
    "64, 4, 1, 30",
    "4, 64, 16, 1",
  })
  void asManyResamplesAsAManifestMayAskFor(int budgets, int sizes, int repeats, int series) {
    List<TrainedPoint> points = points(budgets, sizes, repeats, series);
    int resamples = (int) SweepLimits.resamples(budgets, points.size(), series + 1);
    LawOptions options = LawOptions.defaults().withBudgetTolerance(0).withBootstrap(resamples);
    double processor = processorSeconds();
    long start = System.nanoTime();
    Laws laws = new LawFitter(2).fit(points, options);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%d budgets, %d points, %d series, %d resamples: %.1f s, %.1f s of processor, %d curves,"
            + " laws %s%n",
        budgets,
        points.size(),
        series,
        resamples,
        seconds,
        processorSeconds() - processor,
        laws.curves().size(),
        laws.parameters().value().isPresent());
  }

  private static double processorSeconds() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1e9;
  }

  /** Models from 1/8 to 8 times the optimum of a Chinchilla surface, under C = 6ND, with noise. */
  private static List<TrainedPoint> points(int budgets, int sizes, int repeats, int series) {
    Surface surface = new Surface(1.69, 406.4, 410.7, 0.34, 0.28);
    CounterRandom random = new CounterRandom(1, 77);
    List<TrainedPoint> points = new ArrayList<>();
    for (int repeat = 0; repeat < repeats; repeat++) {
      for (int budget = 0; budget < budgets; budget++) {
        double flops = 6e18 * StrictMath.pow(500, budget / (budgets - 1.0));
        for (int size = 0; size < sizes; size++) {
          double relative = StrictMath.pow(8, 2.0 * size / (sizes - 1) - 1);
          double parameters = surface.optimalParameters(flops, ComputeCost.SIX_N_D) * relative;
          double tokens = ComputeCost.SIX_N_D.tokens(flops, parameters);
          double loss = surface.lossAt(parameters, tokens) + 3e-3 * random.nextGaussian();
          Map<MetricSeries, Measurement> metrics = new TreeMap<>();
          for (int i = 0; i < series; i++) {
            metrics.put(
                new MetricSeries("FID", "set" + i), Measurement.of(10 * (loss - 1.69) + i + 1));
          }
          String name = "c" + flops + "-" + size + "-" + repeat;
          points.add(TrainedPoint.of(name, flops, parameters, tokens, loss).withMetrics(metrics));
        }
      }
    }
    return points;
  }
}
