package dev.isoflop.laws.surface;

import dev.isoflop.laws.data.ComputeCost;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.finding.Fit;
import dev.isoflop.laws.finding.FitError;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.options.SurfaceObjective;
import dev.isoflop.laws.stats.CounterRandom;
import dev.isoflop.laws.stats.LogRatio;
import dev.isoflop.laws.stats.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Fits {@code L(N, D) = E + A / N^alpha + B / D^beta} to all points at once. */
public final class SurfaceFitter {

  /** A term that changes the loss by a smaller share over all points is the arithmetic's. */
  private static final double LEAST_SHARE = 1e-6;

  private final LawOptions options;
  private final Parallel parallel;

  public SurfaceFitter(LawOptions options, Parallel parallel) {
    this.options = options;
    this.parallel = parallel;
  }

  /**
   * Fits the surface, or says why not.
   *
   * @param budgets the same points by budget, within which the bootstrap resamples
   */
  public Fit<SurfaceFit> fit(List<List<TrainedPoint>> budgets) {
    List<TrainedPoint> all = budgets.stream().flatMap(List::stream).toList();
    Optional<FitError> refusal = unfit(budgets, all);
    if (refusal.isPresent()) {
      return Fit.refused(refusal.get());
    }
    SurfacePoints points = SurfacePoints.of(all, options.surface());
    if (points.collinear()) {
      return Fit.refused(
          new FitError.SurfaceUndetermined(
              "the points lie on one line of log N and log D, so that N fixes D and the loss says"
                  + " nothing of either alone; train several sizes per budget"));
    }
    SurfaceDescent.End best = minimum(points, options.surface());
    Optional<String> undetermined = undetermined(points, best.theta());
    if (undetermined.isPresent()) {
      return Fit.refused(new FitError.SurfaceUndetermined(undetermined.get()));
    }
    return Fit.of(
        new SurfaceFit(
            points.surface(best.theta()),
            options.surface(),
            best.value(),
            all.size(),
            rSquared(points, best.theta()),
            ComputeCost.of(all),
            resampled(points, best.theta(), strata(budgets)),
            options.confidence()));
  }

  /** The global minimum: the best end of descents from the search's starts. */
  public static SurfaceDescent.End minimum(SurfacePoints points, SurfaceObjective objective) {
    SurfaceDescent descent = new SurfaceDescent(new SurfaceProblem(points, objective));
    SurfaceDescent.End best = null;
    for (double[] start : new SurfaceSearch(points, objective).starts()) {
      SurfaceDescent.End end = descent.from(start);
      if (best == null || end.value() < best.value()) {
        best = end;
      }
    }
    if (best == null) {
      throw new IllegalStateException("a finite grid always has a smallest value");
    }
    return best;
  }

  private Optional<FitError> unfit(List<List<TrainedPoint>> budgets, List<TrainedPoint> all) {
    if (all.size() <= SurfaceProblem.SIZE) {
      return Optional.of(new FitError.TooFewPoints(all.size(), SurfaceProblem.SIZE + 1));
    }
    if (budgets.size() < 2) {
      return Optional.of(
          new FitError.SurfaceUndetermined(
              "all points share one budget, so that N fixes D; train a second budget"));
    }
    if (distinct(all, TrainedPoint::parameters) < 3 || distinct(all, TrainedPoint::tokens) < 3) {
      return Optional.of(
          new FitError.SurfaceUndetermined(
              "fewer than three different sizes or token counts; train more sizes per budget"));
    }
    if (options.surface() instanceof SurfaceObjective.HuberOnLog) {
      for (TrainedPoint point : all) {
        if (!(point.loss().value() > 0)) {
          return Optional.of(
              new FitError.NotPositive(
                  "surface, trial " + point.trial(), point.budget(), point.loss().value()));
        }
      }
    }
    return Optional.empty();
  }

  private static long distinct(List<TrainedPoint> points, ToDoubleFunction<TrainedPoint> of) {
    return points.stream().mapToDouble(of).distinct().count();
  }

  /**
   * A part of the surface that the minimum leaves undetermined: a term that vanished, or an
   * exponent at the bound of the search.
   */
  private static Optional<String> undetermined(SurfacePoints points, double[] theta) {
    String[] terms = {"parameters", "tokens"};
    double level = Arrays.stream(points.loss()).map(Math::abs).average().orElseThrow();
    for (int j = 0; j < terms.length; j++) {
      double exponent = theta[3 + j];
      double change = theta[1 + j] * spread(j == 0 ? points.u() : points.v(), exponent);
      boolean absent = !(change > LEAST_SHARE * level);
      boolean bound =
          exponent <= SurfaceDescent.SMALLEST_EXPONENT
              || exponent >= SurfaceDescent.LARGEST_EXPONENT;
      if (absent || bound) {
        return Optional.of(
            "the points show no power law in %s (%s); train sizes and budgets further apart, or"
                    .formatted(
                        terms[j],
                        absent
                            ? "its term does not change the loss"
                            : "its exponent is " + exponent)
                + " look for outliers");
      }
    }
    return Optional.empty();
  }

  /** Change of {@code exp(-exponent x)} over the points. */
  private static double spread(double[] x, double exponent) {
    double smallest = Arrays.stream(x).min().orElseThrow();
    double largest = Arrays.stream(x).max().orElseThrow();
    return StrictMath.exp(-exponent * smallest) - StrictMath.exp(-exponent * largest);
  }

  private static double rSquared(SurfacePoints points, double[] theta) {
    double[] logs = Arrays.stream(points.loss()).map(StrictMath::log).toArray();
    double mean = Arrays.stream(logs).average().orElseThrow();
    double residual = 0;
    double total = 0;
    for (int i = 0; i < logs.length; i++) {
      double model =
          theta[0]
              + theta[1] * StrictMath.exp(-theta[3] * points.u()[i])
              + theta[2] * StrictMath.exp(-theta[4] * points.v()[i]);
      double error = LogRatio.of(model, points.loss()[i]);
      residual += error * error;
      total += (logs[i] - mean) * (logs[i] - mean);
    }
    return total == 0 ? 1 : 1 - residual / total;
  }

  /** Rows by budget; budgets of fewer than three points resample together. */
  private static List<int[]> strata(List<List<TrainedPoint>> budgets) {
    List<int[]> strata = new ArrayList<>();
    List<Integer> small = new ArrayList<>();
    int next = 0;
    for (List<TrainedPoint> budget : budgets) {
      int[] rows = new int[budget.size()];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = next++;
      }
      if (rows.length < FitError.TooFewSizes.NEEDED) {
        Arrays.stream(rows).forEach(small::add);
      } else {
        strata.add(rows);
      }
    }
    if (!small.isEmpty()) {
      strata.add(small.stream().mapToInt(Integer::intValue).toArray());
    }
    return strata;
  }

  private List<Surface> resampled(SurfacePoints points, double[] start, List<int[]> strata) {
    Surface[] found = new Surface[options.bootstrap()];
    parallel.forEach(
        found.length,
        resample -> {
          // streams of their own, apart from those of the curves
          CounterRandom random = new CounterRandom(options.seed(), -1L - resample);
          double[] counts = new double[points.size()];
          for (int[] rows : strata) {
            for (int i = 0; i < rows.length; i++) {
              counts[rows[random.nextInt(rows.length)]]++;
            }
          }
          SurfacePoints drawn = points.counted(counts);
          SurfaceDescent.End end =
              new SurfaceDescent(new SurfaceProblem(drawn, options.surface())).from(start);
          if (undetermined(points, end.theta()).isEmpty()) {
            found[resample] = drawn.surface(end.theta());
          }
        });
    return Arrays.stream(found).filter(Objects::nonNull).toList();
  }
}
