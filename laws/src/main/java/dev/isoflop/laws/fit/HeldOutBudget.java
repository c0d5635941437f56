package dev.isoflop.laws.fit;

import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.isoflop.Optimum;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A budget that the laws were not fitted to, as they predict it and as it came out. A part is empty
 * when its law, or the budget's own value, was refused.
 *
 * @param metrics of the compute-optimal model
 */
public record HeldOutBudget(
    double budget,
    Optional<Check> parameters,
    Optional<Check> tokens,
    Optional<Check> loss,
    SortedMap<MetricSeries, Check> metrics) {

  public HeldOutBudget {
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
  }

  static HeldOutBudget of(Optimum optimum, Prediction prediction) {
    SortedMap<MetricSeries, Check> metrics = new TreeMap<>();
    prediction
        .metrics()
        .forEach(
            (series, predicted) -> {
              Double measured = optimum.metrics().get(series);
              if (measured != null) {
                metrics.put(series, new Check(predicted, measured));
              }
            });
    return new HeldOutBudget(
        optimum.budget(),
        prediction.parameters().map(it -> new Check(it, optimum.parameters())),
        prediction.tokens().map(it -> new Check(it, optimum.tokens())),
        prediction.loss().map(it -> new Check(it, optimum.loss())),
        metrics);
  }
}
