package dev.isoflop.laws.isoflop;

import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.data.LawSubject;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.stats.Interval;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The compute-optimal model of one budget: the minimum of its isoFLOP curve.
 *
 * @param parameters N*, the parabola's vertex
 * @param tokens D* as the budget and N* leave it, read from the tokens of the curve's own points
 *     (quadratic in log N), so that it holds under any FLOP convention
 * @param tokensAlone D* as the vertex of a parabola in log D, which uses no cost formula; empty
 *     when that has no minimum
 * @param samples S* as the budget and N* leave it, read like D* from the points' images; empty when
 *     a point of the curve does not know its own
 * @param loss the parabola's value at N*
 * @param curvature second derivative of the (scaled) loss in ln N; how sharply the optimum is
 *     defined
 * @param rSquared of the parabola
 * @param parametersInterval those N* that the points do not contradict (Fieller, Student-t); empty
 *     with three points, or when the curvature cannot be told from zero
 * @param metrics further metrics of the compute-optimal model, read at N*
 */
public record Optimum(
    double budget,
    double parameters,
    double tokens,
    OptionalDouble tokensAlone,
    OptionalDouble samples,
    double loss,
    double curvature,
    double rSquared,
    Optional<Interval> parametersInterval,
    SortedMap<MetricSeries, Double> metrics) {

  public Optimum {
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
  }

  /** The value that the law of a subject is fitted to; empty when the curve does not tell. */
  public OptionalDouble value(LawSubject subject) {
    if (subject instanceof LawQuantity quantity) {
      return switch (quantity) {
        case PARAMETERS -> OptionalDouble.of(parameters);
        case TOKENS -> OptionalDouble.of(tokens);
        case SAMPLES -> samples;
        case LOSS -> OptionalDouble.of(loss);
      };
    }
    Double metric = metrics.get((MetricSeries) subject);
    return metric == null ? OptionalDouble.empty() : OptionalDouble.of(metric);
  }
}
