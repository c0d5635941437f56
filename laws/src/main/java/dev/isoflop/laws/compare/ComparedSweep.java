package dev.isoflop.laws.compare;

import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.data.LawSubject;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.finding.Fit;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.fit.MetricLaw;
import dev.isoflop.laws.powerlaw.PowerLaw;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One sweep's laws as a comparison needs them.
 *
 * @param name tells the sweeps apart in verdicts
 * @param convention how FLOPs were counted, {@code Analytic} or {@code SixND}; empty when unknown
 * @param laws those of the main quantities, then those of the metrics by name; one that was refused
 *     is absent
 * @param records digests of how each metric was measured, where that is known
 */
public record ComparedSweep(
    String name,
    Optional<String> convention,
    Map<LawSubject, ComparedLaw> laws,
    SortedMap<MetricSeries, String> records) {

  public ComparedSweep {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name: is blank; name the sweep");
    }
    SortedMap<LawSubject, ComparedLaw> ordered = new TreeMap<>(LawSubject.ORDER);
    ordered.putAll(laws);
    laws = Collections.unmodifiableSortedMap(ordered);
    records = Collections.unmodifiableSortedMap(new TreeMap<>(records));
  }

  /** Laws of which nobody knows how their metrics were measured. */
  public ComparedSweep(
      String name, Optional<String> convention, Map<LawSubject, ComparedLaw> laws) {
    this(name, convention, laws, new TreeMap<>());
  }

  /** The laws of a fit. */
  public static ComparedSweep of(String name, Laws laws) {
    Map<LawSubject, ComparedLaw> compared = new HashMap<>();
    for (LawQuantity quantity : LawQuantity.mainOnes()) {
      fitted(laws.law(quantity)).ifPresent(law -> compared.put(quantity, law));
    }
    for (MetricLaw metric : laws.metrics()) {
      fitted(metric.law()).ifPresent(law -> compared.put(metric.series(), law));
    }
    return new ComparedSweep(
        name, Optional.of(laws.provenance().convention()), compared, laws.records());
  }

  /** Metrics with a law in both sweeps whose values do not mean the same. */
  SortedSet<MetricSeries> measuredUnlike(ComparedSweep other) {
    SortedSet<MetricSeries> unlike = new TreeSet<>();
    for (LawSubject subject : laws.keySet()) {
      if (subject instanceof MetricSeries series && other.laws.containsKey(series)) {
        String ours = records.get(series);
        String theirs = other.records.get(series);
        if (ours != null && theirs != null && !ours.equals(theirs)) {
          unlike.add(series);
        }
      }
    }
    return unlike;
  }

  ComparedSweep without(SortedSet<MetricSeries> left) {
    Map<LawSubject, ComparedLaw> others = new HashMap<>(laws);
    others.keySet().removeAll(left);
    return new ComparedSweep(name, convention, others, records);
  }

  private static Optional<ComparedLaw> fitted(Fit<PowerLaw> law) {
    return law.value().map(ComparedLaw.Fitted::new);
  }

  /** One law; empty if it was refused. */
  public Optional<ComparedLaw> law(LawSubject subject) {
    return Optional.ofNullable(laws.get(subject));
  }
}
