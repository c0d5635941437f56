package dev.isoflop.laws.powerlaw;

import dev.isoflop.laws.data.BudgetRange;
import dev.isoflop.laws.finding.Fit;
import dev.isoflop.laws.finding.FitError;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.options.LawWeighting;
import dev.isoflop.laws.options.OffsetChoice;
import dev.isoflop.laws.stats.LogLine;
import dev.isoflop.laws.text.NumberFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Fits a law through one value per budget. */
public final class PowerLawFitter {

  /** With fewer budgets the corrected criterion of a law with an offset is undefined. */
  private static final int BUDGETS_FOR_OFFSET = 6;

  /** Residuals below this share are the arithmetic's, and must not decide between forms. */
  private static final double ROUNDING = 1e-12;

  private final LawOptions options;
  private final String source;

  public PowerLawFitter(LawOptions options) {
    this(options, "isoFLOP parabolas");
  }

  /**
   * A fitter of values that come from elsewhere than parabolas.
   *
   * @param source where the values come from, for people
   */
  public PowerLawFitter(LawOptions options, String source) {
    this.options = options;
    this.source = source;
  }

  /** The points that a law is fitted to. */
  public static final class Task {
    /** The quantity's name in findings. */
    private final String quantity;

    /** The points, by ascending budget. */
    private final List<LawPoint> points;

    /** Relative weights of the points. */
    private final double[] weights;

    /** Whether an offset makes sense for the quantity. */
    private final boolean mayLevelOff;

    public Task(String quantity, List<LawPoint> points, double[] weights, boolean mayLevelOff) {
      this.quantity = quantity;
      this.points = List.copyOf(points);
      this.weights = weights;
      this.mayLevelOff = mayLevelOff;
    }

    /** The task restricted to the budgets of a range. */
    Task within(BudgetRange range) {
      int[] kept =
          IntStream.range(0, points.size())
              .filter(i -> range.contains(points.get(i).budget()))
              .toArray();
      return new Task(
          quantity,
          Arrays.stream(kept).mapToObj(points::get).toList(),
          Arrays.stream(kept).mapToDouble(i -> weights[i]).toArray(),
          mayLevelOff);
    }

    public String quantity() {
      return quantity;
    }

    List<LawPoint> points() {
      return points;
    }

    public double[] weights() {
      return weights;
    }

    boolean mayLevelOff() {
      return mayLevelOff;
    }
  }

  /** The same quantity in one resample: values by point (NaN for none) and their weights. */
  public static final class Resample {
    private final double[] values;
    private final double[] weights;

    public Resample(double[] values, double[] weights) {
      this.values = values;
      this.weights = weights;
    }

    public double[] values() {
      return values;
    }

    public double[] weights() {
      return weights;
    }
  }

  public Fit<PowerLaw> fit(Task task, List<Resample> resamples) {
    List<LawPoint> points = task.points();
    if (points.size() < FitError.TooFewBudgets.NEEDED) {
      return Fit.refused(
          new FitError.TooFewBudgets(
              task.quantity(), points.stream().map(LawPoint::budget).toList()));
    }
    for (LawPoint point : points) {
      if (!(point.value() > 0)) {
        return Fit.refused(
            new FitError.NotPositive(task.quantity(), point.budget(), point.value()));
      }
    }
    double[] x = points.stream().mapToDouble(point -> StrictMath.log(point.budget())).toArray();
    double[] values = points.stream().mapToDouble(LawPoint::value).toArray();
    LawEstimate power = LawEstimate.of(LogLine.fit(x, logs(values), task.weights()));
    Optional<LawEstimate> saturating =
        mayCompare(task, power) ? SaturatingFit.fit(x, values, task.weights()) : Optional.empty();
    FormChoice choice = choose(task, power, saturating);
    LawEstimate estimate = choice.chosen() == LawForm.SATURATING ? saturating.orElseThrow() : power;
    double coefficient = StrictMath.exp(estimate.logCoefficient());
    if (!(coefficient > 0 && Double.isFinite(coefficient))) {
      return Fit.refused(new FitError.TooSteep(task.quantity(), estimate.exponent()));
    }
    return Fit.of(
        new PowerLaw(
            estimate,
            draws(x, resamples, choice.chosen()),
            task,
            this,
            choice,
            method(choice.chosen()),
            options.confidence()));
  }

  private String method(LawForm form) {
    return source
        + ", "
        + (options.weighting() == LawWeighting.PRECISION ? "weighted " : "")
        + "least squares on logarithms"
        + (form == LawForm.SATURATING ? " with an offset" : "");
  }

  private boolean mayCompare(Task task, LawEstimate power) {
    return task.mayLevelOff()
        && options.offsets() == OffsetChoice.BY_AICC
        && task.points().size() >= BUDGETS_FOR_OFFSET
        && power.exponent() < 0;
  }

  private FormChoice choose(Task task, LawEstimate power, Optional<LawEstimate> saturating) {
    int n = task.points().size();
    double powerAicc = aicc(power, n, 2);
    if (saturating.isEmpty()) {
      String why;
      if (!task.mayLevelOff() || options.offsets() == OffsetChoice.NEVER) {
        why = "an offset was not considered";
      } else if (n < BUDGETS_FOR_OFFSET) {
        why = "%d budgets cannot tell an offset; %d can".formatted(n, BUDGETS_FOR_OFFSET);
      } else if (power.exponent() >= 0) {
        why = "the quantity does not fall with compute, so no offset was considered";
      } else {
        why = "no positive offset fits better";
      }
      return new FormChoice(LawForm.POWER, powerAicc, OptionalDouble.empty(), why);
    }
    double saturatingAicc = aicc(saturating.get(), n, 3);
    boolean levelsOff = saturatingAicc < powerAicc;
    String why =
        "AICc %s with an offset, %s without"
            .formatted(NumberFormat.number(saturatingAicc), NumberFormat.number(powerAicc));
    return new FormChoice(
        levelsOff ? LawForm.SATURATING : LawForm.POWER,
        powerAicc,
        OptionalDouble.of(saturatingAicc),
        why);
  }

  /** Gaussian errors on logarithms; the error's own variance is one more coefficient. */
  private static double aicc(LawEstimate estimate, int n, int coefficients) {
    double residual = Math.max(0, estimate.residualVariance()) * estimate.degreesOfFreedom();
    double k = coefficients + 1.0;
    double penalty =
        n - k - 1 > 0 ? 2 * k + 2 * k * (k + 1) / (n - k - 1) : Double.POSITIVE_INFINITY;
    return n * StrictMath.log(residual / n + ROUNDING * ROUNDING) + penalty;
  }

  private Optional<LawDraws> draws(double[] x, List<Resample> resamples, LawForm form) {
    List<LawDraws.Draw> draws = new ArrayList<>();
    for (Resample resample : resamples) {
      draw(x, resample, form).ifPresent(draws::add);
    }
    return draws.isEmpty() ? Optional.empty() : Optional.of(new LawDraws(draws));
  }

  /** The law of one resample; empty when fewer than three of its values have a logarithm. */
  private static Optional<LawDraws.Draw> draw(double[] x, Resample resample, LawForm form) {
    double[] values = resample.values().clone();
    double[] weights = resample.weights().clone();
    int usable = 0;
    for (int i = 0; i < values.length; i++) {
      if (values[i] > 0 && Double.isFinite(values[i])) {
        usable += weights[i] > 0 ? 1 : 0;
      } else {
        values[i] = 1;
        weights[i] = 0;
      }
    }
    if (usable < FitError.TooFewBudgets.NEEDED) {
      return Optional.empty();
    }
    LawEstimate power = LawEstimate.of(LogLine.fit(x, logs(values), weights));
    LawEstimate drawn =
        form == LawForm.SATURATING ? SaturatingFit.fit(x, values, weights).orElse(power) : power;
    return Optional.of(new LawDraws.Draw(drawn.offset(), drawn.logCoefficient(), drawn.exponent()));
  }

  private static double[] logs(double[] values) {
    return Arrays.stream(values).map(StrictMath::log).toArray();
  }
}
