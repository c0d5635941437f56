package dev.isoflop.operator.laws;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** Fits {@code k C^a} through one value per budget. */
final class PowerLawFitter {

  private final LawOptions options;

  PowerLawFitter(LawOptions options) {
    this.options = options;
  }

  /**
   * Fits a law, or says why not.
   *
   * @param points by ascending budget
   * @param resampled the values of one bootstrap resample in the order of the points, NaN where it
   *     has none
   */
  Fit<PowerLaw> fit(String quantity, List<LawPoint> points, IntFunction<double[]> resampled) {
    if (points.size() < Refusal.TooFewBudgets.NEEDED) {
      return Fit.refused(
          new Refusal.TooFewBudgets(quantity, points.stream().map(LawPoint::budget).toList()));
    }
    for (LawPoint point : points) {
      if (!(point.value() > 0)) {
        return Fit.refused(new Refusal.NotPositive(quantity, point.budget(), point.value()));
      }
    }
    double[] x = points.stream().mapToDouble(point -> StrictMath.log(point.budget())).toArray();
    double[] values = points.stream().mapToDouble(LawPoint::value).toArray();
    Optional<LogLine> line = line(x, values);
    return Fit.of(
        new PowerLaw(line.orElseThrow(), draws(x, resampled), points, options.confidence()));
  }

  private Optional<LawDraws> draws(double[] x, IntFunction<double[]> resampled) {
    double[] intercepts = new double[options.bootstrap()];
    double[] slopes = new double[options.bootstrap()];
    for (int i = 0; i < slopes.length; i++) {
      Optional<LogLine> line = line(x, resampled.apply(i));
      intercepts[i] = line.map(LogLine::intercept).orElse(Double.NaN);
      slopes[i] = line.map(LogLine::slope).orElse(Double.NaN);
    }
    LawDraws draws = new LawDraws(intercepts, slopes);
    return draws.count() == 0 ? Optional.empty() : Optional.of(draws);
  }

  /** The line through those values that have a logarithm; empty when fewer than three do. */
  private static Optional<LogLine> line(double[] x, double[] values) {
    List<double[]> usable = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      if (values[i] > 0) {
        usable.add(new double[] {x[i], StrictMath.log(values[i])});
      }
    }
    if (usable.size() < Refusal.TooFewBudgets.NEEDED) {
      return Optional.empty();
    }
    double[] abscissae = usable.stream().mapToDouble(pair -> pair[0]).toArray();
    double[] ordinates = usable.stream().mapToDouble(pair -> pair[1]).toArray();
    double[] equal = new double[abscissae.length];
    Arrays.fill(equal, 1);
    return Optional.of(LogLine.fit(abscissae, ordinates, equal));
  }
}
