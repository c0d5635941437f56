package dev.isoflop.operator.laws;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that was fitted to one sweep, with every reservation.
 *
 * @param curves one per budget, ascending
 * @param parameters N*(C)
 * @param tokens D*(C)
 * @param loss loss*(C)
 * @param metrics one per metric and evaluation set, in order of their names
 * @param tokensPerSample when the points agree on it
 * @param findings refusals and reservations, curves first
 */
public record Laws(
    List<IsoFlopCurve> curves,
    Fit<PowerLaw> parameters,
    Fit<PowerLaw> tokens,
    Fit<PowerLaw> loss,
    List<MetricLaw> metrics,
    OptionalDouble tokensPerSample,
    List<Finding> findings,
    Provenance provenance) {

  public Laws {
    curves = List.copyOf(curves);
    metrics = List.copyOf(metrics);
    findings = List.copyOf(findings);
  }

  /** The optimum of a budget, with bands. */
  public Prediction predict(double flops) {
    if (!(flops > 0 && Double.isFinite(flops))) {
      throw new IllegalArgumentException(
          "flops: " + flops + " is not a budget; give a positive number such as 1.5e21");
    }
    Optional<LawPrediction> size = parameters.value().map(law -> law.predict(flops));
    Optional<LawPrediction> data = tokens.value().map(law -> law.predict(flops));
    Optional<LawPrediction> reached = loss.value().map(law -> law.predict(flops));
    SortedMap<MetricSeries, LawPrediction> further = new TreeMap<>();
    for (MetricLaw metric : metrics) {
      metric.law().value().ifPresent(law -> further.put(metric.series(), law.predict(flops)));
    }
    OptionalDouble samples =
        data.isPresent() && tokensPerSample.isPresent()
            ? OptionalDouble.of(data.get().value() / tokensPerSample.getAsDouble())
            : OptionalDouble.empty();
    double factor = 1;
    for (Optional<LawPrediction> part : List.of(size, data, reached)) {
      factor = Math.max(factor, part.map(LawPrediction::extrapolationFactor).orElse(1.0));
    }
    return new Prediction(flops, size, data, samples, reached, further, factor);
  }
}
