package dev.isoflop.laws.compare;

import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.finding.Fit;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.fit.MetricLaw;
import dev.isoflop.laws.powerlaw.PowerLaw;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One sweep's laws as a comparison needs them. A law that was refused is absent.
 *
 * @param name tells the sweeps apart in verdicts
 * @param convention how FLOPs were counted, {@code Analytic} or {@code SixND}; empty when unknown
 * @param metrics laws of further metrics
 * @param records digests of how each metric was measured, where that is known
 */
public record ComparedSweep(
    String name,
    Optional<String> convention,
    Optional<ComparedLaw> parameters,
    Optional<ComparedLaw> tokens,
    Optional<ComparedLaw> loss,
    SortedMap<MetricSeries, ComparedLaw> metrics,
    SortedMap<MetricSeries, String> records) {

  public ComparedSweep {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name: is blank; name the sweep");
    }
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    records = Collections.unmodifiableSortedMap(new TreeMap<>(records));
  }

  /** Laws of which nobody knows how their metrics were measured. */
  public ComparedSweep(
      String name,
      Optional<String> convention,
      Optional<ComparedLaw> parameters,
      Optional<ComparedLaw> tokens,
      Optional<ComparedLaw> loss,
      SortedMap<MetricSeries, ComparedLaw> metrics) {
    this(name, convention, parameters, tokens, loss, metrics, new TreeMap<>());
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
        metrics,
        laws.records());
  }

  /** Metrics with a law in both sweeps whose values do not mean the same. */
  SortedSet<MetricSeries> measuredUnlike(ComparedSweep other) {
    SortedSet<MetricSeries> unlike = new TreeSet<>(metrics.keySet());
    unlike.retainAll(other.metrics.keySet());
    unlike.removeIf(
        series -> {
          String ours = records.get(series);
          String theirs = other.records.get(series);
          return ours == null || theirs == null || ours.equals(theirs);
        });
    return unlike;
  }

  ComparedSweep without(SortedSet<MetricSeries> left) {
    SortedMap<MetricSeries, ComparedLaw> others = new TreeMap<>(metrics);
    others.keySet().removeAll(left);
    return new ComparedSweep(name, convention, parameters, tokens, loss, others, records);
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
