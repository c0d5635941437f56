package dev.isoflop.laws.data;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One trained model as the fits see it.
 *
 * @param trial names the model in findings; need not be unique
 * @param budget training FLOPs C, the nominal ones where the sweep has them
 * @param parameters N, non-embedding parameters
 * @param tokens D, tokens processed in training
 * @param samples images processed in training, if known
 * @param loss the quantity whose minimum over N defines the optimum of a budget
 * @param metrics further final values; each series gets a law of its own
 */
public record TrainedPoint(
    String trial,
    double budget,
    double parameters,
    double tokens,
    OptionalDouble samples,
    Measurement loss,
    SortedMap<MetricSeries, Measurement> metrics) {

  /** The order that every fit works in, so that the order of the input cannot matter. */
  public static final Comparator<TrainedPoint> CANONICAL =
      Comparator.comparingDouble(TrainedPoint::budget)
          .thenComparingDouble(TrainedPoint::parameters)
          .thenComparingDouble(TrainedPoint::tokens)
          .thenComparingDouble(point -> point.loss().value())
          .thenComparing(TrainedPoint::trial)
          .thenComparing(point -> point.metrics().toString())
          .thenComparing(TrainedPoint::toString);

  public TrainedPoint {
    requirePositive(trial, "budget", budget, "FLOPs");
    requirePositive(trial, "parameters", parameters, "a count, not millions");
    requirePositive(trial, "tokens", tokens, "a count, not billions");
    if (samples.isPresent()) {
      requirePositive(trial, "samples", samples.getAsDouble(), "a count");
    }
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
  }

  /** A point that carries nothing but its loss. */
  public static TrainedPoint of(
      String trial, double budget, double parameters, double tokens, double loss) {
    return new TrainedPoint(
        trial,
        budget,
        parameters,
        tokens,
        OptionalDouble.empty(),
        Measurement.of(loss),
        new TreeMap<>());
  }

  public TrainedPoint withSamples(double count) {
    return new TrainedPoint(
        trial, budget, parameters, tokens, OptionalDouble.of(count), loss, metrics);
  }

  public TrainedPoint withLoss(Measurement measurement) {
    return new TrainedPoint(trial, budget, parameters, tokens, samples, measurement, metrics);
  }

  public TrainedPoint withMetrics(Map<MetricSeries, Measurement> measurements) {
    return new TrainedPoint(
        trial, budget, parameters, tokens, samples, loss, new TreeMap<>(measurements));
  }

  private static void requirePositive(String trial, String field, double value, String unit) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(
          field
              + ": "
              + value
              + " (trial '"
              + trial
              + "') is not positive and finite; give it in plain units ("
              + unit
              + ")");
    }
  }
}
