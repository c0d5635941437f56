package dev.isoflop.laws.fit;

import dev.isoflop.laws.ExactSurface;
import dev.isoflop.laws.ManyStarts;
import dev.isoflop.laws.Sweeps;
import dev.isoflop.laws.data.Measurement;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.isoflop.BudgetGroups;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.options.SurfaceObjective;
import dev.isoflop.laws.stats.Parallel;
import dev.isoflop.laws.surface.ChinchillaOracleTest;
import dev.isoflop.laws.surface.SurfaceFitter;
import dev.isoflop.laws.surface.SurfacePoints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Measures the fits' speed; its output is the table of docs/performance-laws.md. */
@Tag("bench")
class LawsBench {

  private static final ExactSurface CHINCHILLA = ExactSurface.named("chinchilla");
  private static final SurfaceObjective OBJECTIVE = SurfaceObjective.CHINCHILLA;

  @Test
  void surfaceAgainstManyStarts() {
    List<TrainedPoint> points = points(240);
    SurfacePoints columns = SurfacePoints.of(points, OBJECTIVE);
    double ours = median(100, () -> SurfaceFitter.minimum(columns, OBJECTIVE));
    double objective = SurfaceFitter.minimum(columns, OBJECTIVE).value();
    ManyStarts manyStarts = new ManyStarts(points, 1e-3);
    for (double tolerance : new double[] {2.2e-9, 1e-14}) {
      long start = System.nanoTime();
      double theirs = manyStarts.best(tolerance);
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.println(
          "surface, 240 points: %.2f ms, objective %.12e; 4,500 starts of L-BFGS (ftol %.1e): %.2f s, %.12e; ratio %.0f"
              .formatted(1e3 * ours, objective, tolerance, seconds, theirs, seconds / ours));
    }
  }

  @Test
  void surfaceOfTheChinchillaPoints() throws IOException {
    List<TrainedPoint> points = ChinchillaOracleTest.points();
    SurfacePoints columns = SurfacePoints.of(points, OBJECTIVE);
    double ours = median(100, () -> SurfaceFitter.minimum(columns, OBJECTIVE));
    long start = System.nanoTime();
    double theirs = new ManyStarts(points, 1e-3).best(1e-14);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.println(
        "surface, 234 Chinchilla points: %.2f ms, objective %.12e; 4,500 starts: %.2f s, %.12e; ratio %.0f"
            .formatted(
                1e3 * ours,
                SurfaceFitter.minimum(columns, OBJECTIVE).value(),
                seconds,
                theirs,
                seconds / ours));
  }

  @Test
  void bootstrapOfTheSurface() {
    for (int resamples : new int[] {1000, 2000, 4000}) {
      System.out.println(
          "surface with %d refits, 240 points, 2 threads: %.2f s"
              .formatted(resamples, refits(points(240), resamples)));
    }
  }

  @Test
  void surfaceByPoints() {
    for (int count : new int[] {60, 120, 240, 480, 960}) {
      SurfacePoints columns = SurfacePoints.of(points(count), OBJECTIVE);
      System.out.println(
          "surface, %d points: %.2f ms"
              .formatted(count, 1e3 * median(50, () -> SurfaceFitter.minimum(columns, OBJECTIVE))));
    }
  }

  @Test
  void allLawsOfASweep() {
    List<TrainedPoint> sweep = sweep();
    for (int threads : new int[] {1, 2}) {
      for (int resamples : new int[] {0, 250, 500, 1000, 2000}) {
        LawOptions options = LawOptions.defaults().withBootstrap(resamples);
        System.out.println(
            "all laws, 60 trials, 4 metric series, %d resamples, %d threads: %.3f s"
                .formatted(
                    resamples,
                    threads,
                    median(7, () -> new LawFitter(threads).fit(sweep, options))));
      }
    }
  }

  private static double refits(List<TrainedPoint> points, int resamples) {
    LawOptions options = LawOptions.defaults().withBootstrap(resamples);
    List<List<TrainedPoint>> budgets =
        BudgetGroups.of(points.stream().sorted(TrainedPoint.CANONICAL).toList(), .1);
    return median(3, () -> new SurfaceFitter(options, new Parallel(2)).fit(budgets));
  }

  /** Seconds. */
  private static double median(int repeats, Runnable work) {
    for (int i = 0; i < Math.max(2, repeats / 2); i++) {
      work.run();
    }
    double[] seconds = new double[repeats];
    for (int i = 0; i < repeats; i++) {
      long start = System.nanoTime();
      work.run();
      seconds[i] = (System.nanoTime() - start) / 1e9;
    }
    Arrays.sort(seconds);
    return seconds[repeats / 2];
  }

  /** Noise as large as in the Chinchilla points, and an outlier in forty. */
  private static List<TrainedPoint> points(int count) {
    double[] budgets = new double[10];
    for (int i = 0; i < budgets.length; i++) {
      budgets[i] = 6e18 * StrictMath.pow(3e21 / 6e18, i / 9.0);
    }
    List<TrainedPoint> points =
        new ArrayList<>(Sweeps.noisy(CHINCHILLA, budgets, count / 10, 8, 5e-3, 1));
    for (int i = 7; i < points.size(); i += 40) {
      TrainedPoint point = points.get(i);
      points.set(i, point.withLoss(Measurement.of(point.loss().value() * 1.05)));
    }
    return points;
  }

  private static List<TrainedPoint> sweep() {
    List<TrainedPoint> points = new ArrayList<>();
    for (TrainedPoint point : Sweeps.noisy(CHINCHILLA, Sweeps.paperBudgets(), 10, 8, 3e-3, 1)) {
      Map<MetricSeries, Measurement> metrics = new TreeMap<>();
      for (String metric : List.of("FID", "VariationalBound")) {
        for (String dataset : List.of("coco-2014", "laion")) {
          double excess = point.loss().value() - 1.69;
          metrics.put(new MetricSeries(metric, dataset), Measurement.of(10 * excess + 1));
        }
      }
      points.add(point.withMetrics(metrics));
    }
    return points;
  }
}
