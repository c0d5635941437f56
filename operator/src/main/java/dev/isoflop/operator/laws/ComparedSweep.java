package dev.isoflop.operator.laws;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One sweep's laws as a comparison needs them. A law that was refused is absent.
 *
 * @param name tells the sweeps apart in verdicts
 * @param convention how FLOPs were counted, {@code Analytic} or {@code SixND}; empty when unknown
 * @param metrics laws of further metrics
 */
public record ComparedSweep(
    String name,
    Optional<String> convention,
    Optional<ComparedLaw> parameters,
    Optional<ComparedLaw> tokens,
    Optional<ComparedLaw> loss,
    SortedMap<MetricSeries, ComparedLaw> metrics) {

  public ComparedSweep {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name: is blank; name the sweep");
    }
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
  }

  /** The laws of a fit. */
  public static ComparedSweep of(String name, Laws laws) {
    SortedMap<MetricSeries, ComparedLaw> metrics = new TreeMap<>();
    for (MetricLaw metric : laws.metrics()) {
      fitted(metric.law()).ifPresent(law -> metrics.put(metric.series(), law));
    }
    return new ComparedSweep(
        name,
        Optional.of(laws.provenance().convention()),
        fitted(laws.parameters()),
        fitted(laws.tokens()),
        fitted(laws.loss()),
        metrics);
  }

  private static Optional<ComparedLaw> fitted(Fit<PowerLaw> law) {
    return law.value().map(ComparedLaw.Fitted::new);
  }

  /** One law; empty if it was refused. */
  Optional<ComparedLaw> law(LawSubject subject) {
    return Optional.ofNullable(laws().get(subject));
  }

  /** Every law there is, by what it is about: N*, D*, loss, then the metrics by name. */
  Map<LawSubject, ComparedLaw> laws() {
    Map<LawSubject, ComparedLaw> laws = new LinkedHashMap<>();
    parameters.ifPresent(law -> laws.put(LawSubject.Optimal.PARAMETERS, law));
    tokens.ifPresent(law -> laws.put(LawSubject.Optimal.TOKENS, law));
    loss.ifPresent(law -> laws.put(LawSubject.Optimal.LOSS, law));
    metrics.forEach((series, law) -> laws.put(new LawSubject.Metric(series), law));
    return laws;
  }
}
