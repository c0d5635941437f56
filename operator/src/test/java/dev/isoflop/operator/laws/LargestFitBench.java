package dev.isoflop.operator.laws;

import com.sun.management.OperatingSystemMXBean;
import dev.isoflop.api.v1alpha1.SweepLimits;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
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

  private static List<TrainedPoint> points(int budgets, int sizes, int repeats, int series) {
    double[] flops =
        IntStream.range(0, budgets)
            .mapToDouble(i -> 6e18 * StrictMath.pow(500, i / (budgets - 1.0)))
            .toArray();
    List<TrainedPoint> points = new ArrayList<>();
    for (int repeat = 0; repeat < repeats; repeat++) {
      for (TrainedPoint point :
          Sweeps.noisy(ExactSurface.named("chinchilla"), flops, sizes, 8, 3e-3, repeat + 1)) {
        Map<MetricSeries, Measurement> metrics = new TreeMap<>();
        for (int i = 0; i < series; i++) {
          metrics.put(
              new MetricSeries("FID", "set" + i),
              Measurement.of(10 * (point.loss().value() - 1.69) + i + 1));
        }
        points.add(point.withMetrics(metrics));
      }
    }
    return points;
  }
}
