package dev.isoflop.operator.laws;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A fitted power law {@code offset + coefficient C^exponent} in training FLOPs C. */
public final class PowerLaw {

  private final LogLine line;
  private final Optional<LawDraws> draws;
  private final List<LawPoint> points;
  private final double confidence;

  PowerLaw(LogLine line, Optional<LawDraws> draws, List<LawPoint> points, double confidence) {
    this.line = line;
    this.draws = draws;
    this.points = List.copyOf(points);
    this.confidence = confidence;
  }

  /** k of {@code k C^a}: the value the law would have at one FLOP, so far from any data. */
  public double coefficient() {
    return StrictMath.exp(line.intercept());
  }

  /** a of {@code k C^a}. */
  public double exponent() {
    return line.slope();
  }

  /** The value approached with unlimited compute; empty for a pure power law. */
  public OptionalDouble offset() {
    return OptionalDouble.empty();
  }

  /** R squared of the line through the logarithms. */
  public double rSquared() {
    return line.rSquared();
  }

  /** The budgets that entered, ascending. */
  public List<LawPoint> points() {
    return points;
  }

  /** How the law was fitted, for people. */
  public String method() {
    return "isoFLOP parabolas, least squares on logarithms";
  }

  /** Student-t intervals with (budgets - 2) degrees of freedom. */
  public LawInterval interval() {
    double t = line.t(confidence);
    double exponent = t * StrictMath.sqrt(line.slopeVariance());
    double intercept = t * StrictMath.sqrt(line.ordinateVariance(0));
    return new LawInterval(
        around(line.intercept(), intercept).exponential(), around(line.slope(), exponent));
  }

  /** Percentile intervals of the bootstrap; empty when it was turned off. */
  public Optional<LawInterval> bootstrapInterval() {
    return draws.map(
        sample ->
            new LawInterval(sample.intercept(confidence).exponential(), sample.slope(confidence)));
  }

  /** The law's value at a budget. */
  public double at(double flops) {
    return StrictMath.exp(line.at(StrictMath.log(flops)));
  }

  public LawPrediction predict(double flops) {
    double x = StrictMath.log(flops);
    double centre = line.at(x);
    double t = line.t(confidence);
    double variance = line.ordinateVariance(x);
    return new LawPrediction(
        flops,
        StrictMath.exp(centre),
        around(centre, t * StrictMath.sqrt(variance)).exponential(),
        around(centre, t * StrictMath.sqrt(variance + line.residualVariance())).exponential(),
        draws.map(sample -> sample.ordinate(x, confidence).exponential()),
        extrapolationFactor(flops));
  }

  /** How far a budget lies outside the fitted ones; 1 inside them. */
  public double extrapolationFactor(double flops) {
    double smallest = points.get(0).budget();
    double largest = points.get(points.size() - 1).budget();
    return Math.max(1, Math.max(flops / largest, smallest / flops));
  }

  private static Interval around(double centre, double halfWidth) {
    return new Interval(centre - halfWidth, centre + halfWidth);
  }
}
