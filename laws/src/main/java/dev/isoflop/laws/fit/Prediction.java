package dev.isoflop.laws.fit;

import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.data.LawSubject;
import dev.isoflop.laws.powerlaw.LawPrediction;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The compute-optimal model of a budget, as the laws foresee it.
 *
 * @param subjects what each law says; absent when the law was refused or does not reach the budget
 * @param extrapolationFactor the largest of the quantities' laws; 1 inside the fitted budgets
 */
public record Prediction(
    double flops, Map<LawSubject, LawPrediction> subjects, double extrapolationFactor) {

  public Prediction {
    SortedMap<LawSubject, LawPrediction> ordered = new TreeMap<>(LawSubject.ORDER);
    ordered.putAll(subjects);
    subjects = Collections.unmodifiableSortedMap(ordered);
  }

  /** One part of it. */
  public Optional<LawPrediction> of(LawSubject subject) {
    return Optional.ofNullable(subjects.get(subject));
  }

  /** N*. */
  public Optional<LawPrediction> parameters() {
    return of(LawQuantity.PARAMETERS);
  }

  /** D*. */
  public Optional<LawPrediction> tokens() {
    return of(LawQuantity.TOKENS);
  }

  /** loss*. */
  public Optional<LawPrediction> loss() {
    return of(LawQuantity.LOSS);
  }
}
