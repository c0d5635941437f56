package dev.isoflop.laws.powerlaw;

import dev.isoflop.laws.data.BudgetRange;
import dev.isoflop.laws.finding.Fit;
import dev.isoflop.laws.stats.Interval;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A fitted law {@code offset + coefficient C^exponent} in training FLOPs C. */
public final class PowerLaw {

  private final LawEstimate estimate;
  private final Optional<LawDraws> draws;
  private final PowerLawFitter.Task task;
  private final PowerLawFitter fitter;
  private final FormChoice form;
  private final String method;
  private final double confidence;

  PowerLaw(
      LawEstimate estimate,
      Optional<LawDraws> draws,
      PowerLawFitter.Task task,
      PowerLawFitter fitter,
      FormChoice form,
      String method,
      double confidence) {
    this.estimate = estimate;
    this.draws = draws;
    this.task = task;
    this.fitter = fitter;
    this.form = form;
    this.method = method;
    this.confidence = confidence;
  }

  /** k of {@code k C^a}: the value the law would have at one FLOP, so far from any data. */
  public double coefficient() {
    return StrictMath.exp(estimate.logCoefficient());
  }

  /** a of {@code k C^a}. */
  public double exponent() {
    return estimate.exponent();
  }

  /** The value approached with unlimited compute; empty for a pure power law. */
  public OptionalDouble offset() {
    return form.chosen() == LawForm.SATURATING
        ? OptionalDouble.of(estimate.offset())
        : OptionalDouble.empty();
  }

  /** Which form the law has, and why. */
  public FormChoice form() {
    return form;
  }

  /** R squared on logarithms. */
  public double rSquared() {
    return estimate.rSquared();
  }

  /** The budgets that entered, ascending. */
  public List<LawPoint> points() {
    return task.points();
  }

  /** The method of the fit, in words. */
  public String method() {
    return method;
  }

  /** The confidence of every interval here. */
  public double confidence() {
    return confidence;
  }

  /** Student-t intervals with as many degrees of freedom as budgets beyond the coefficients. */
  public LawInterval interval() {
    double t = estimate.t(confidence);
    return new LawInterval(
        Interval.around(
                estimate.logCoefficient(), t * StrictMath.sqrt(estimate.logCoefficientVariance()))
            .exponential(),
        Interval.around(exponent(), t * StrictMath.sqrt(estimate.exponentVariance())),
        offset().isPresent()
            ? Optional.of(
                Interval.around(estimate.offset(), t * StrictMath.sqrt(estimate.offsetVariance())))
            : Optional.empty());
  }

  /** Percentile intervals of the bootstrap; empty when it was turned off or had nothing to draw. */
  public Optional<LawInterval> bootstrapInterval() {
    return draws.map(
        sample ->
            new LawInterval(
                sample.coefficient(confidence),
                sample.slope(confidence),
                offset().isPresent() ? Optional.of(sample.offset(confidence)) : Optional.empty()));
  }

  /** The law's value at a budget. */
  public double at(double flops) {
    return estimate.at(StrictMath.log(flops));
  }

  /** Whether a number holds the law's value at a budget; far away it may be too small or large. */
  public boolean reaches(double flops) {
    double value = at(flops);
    return value > 0 && Double.isFinite(value);
  }

  /** The law's value at a budget that it {@link #reaches}, with bands. */
  public LawPrediction predict(double flops) {
    double x = StrictMath.log(flops);
    double value = estimate.at(x);
    double logValue = StrictMath.log(value);
    double t = estimate.t(confidence);
    double variance = estimate.logVariance(x);
    return new LawPrediction(
        flops,
        value,
        Interval.around(logValue, t * StrictMath.sqrt(variance)).exponential(),
        Interval.around(logValue, t * StrictMath.sqrt(variance + estimate.residualVariance()))
            .exponential(),
        draws.map(sample -> sample.value(x, confidence)),
        extrapolationFactor(flops));
  }

  /** Extrapolation factor of a budget beyond the fitted ones; 1 inside them. */
  public double extrapolationFactor(double flops) {
    double smallest = points().get(0).budget();
    double largest = points().get(points().size() - 1).budget();
    return Math.max(1, Math.max(flops / largest, smallest / flops));
  }

  /** A law fitted in the same way to the budgets of a range alone, without a bootstrap. */
  public Fit<PowerLaw> within(BudgetRange range) {
    return fitter.fit(task.within(range), List.of());
  }

  public LawEstimate estimate() {
    return estimate;
  }

  Optional<LawDraws> draws() {
    return draws;
  }
}
