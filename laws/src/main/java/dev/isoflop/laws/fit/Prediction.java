package dev.isoflop.laws.fit;

import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.powerlaw.LawPrediction;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The compute-optimal model of a budget, as the laws foresee it. A part is empty when its law was
 * refused.
 *
 * @param extrapolationFactor the largest of its laws; 1 inside the fitted budgets
 */
public record Prediction(
    double flops,
    Optional<LawPrediction> parameters,
    Optional<LawPrediction> tokens,
    OptionalDouble samples,
    Optional<LawPrediction> loss,
    SortedMap<MetricSeries, LawPrediction> metrics,
    double extrapolationFactor) {

  public Prediction {
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
  }
}
