package dev.isoflop.laws.fit;

import dev.isoflop.laws.data.LawSubject;
import dev.isoflop.laws.isoflop.Optimum;
import dev.isoflop.laws.powerlaw.LawPrediction;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A budget that laws were not fitted to, as they predict it and as it came out.
 *
 * @param fitted the smaller budgets that they were fitted to, ascending
 * @param checks one for each law; absent when the law, or the budget's own value, was refused
 */
public record HeldOutBudget(double budget, List<Double> fitted, Map<LawSubject, Check> checks) {

  public HeldOutBudget {
    fitted = List.copyOf(fitted);
    SortedMap<LawSubject, Check> ordered = new TreeMap<>(LawSubject.ORDER);
    ordered.putAll(checks);
    checks = Collections.unmodifiableSortedMap(ordered);
  }

  /** A budget's optimum beside what laws of smaller ones predict. */
  static HeldOutBudget of(
      Optimum optimum, List<Double> fitted, Map<LawSubject, LawPrediction> predictions) {
    Map<LawSubject, Check> checks = new LinkedHashMap<>();
    predictions.forEach(
        (subject, predicted) ->
            optimum
                .value(subject)
                .ifPresent(measured -> checks.put(subject, new Check(predicted, measured))));
    return new HeldOutBudget(optimum.budget(), fitted, checks);
  }

  /** Check of one law. */
  public Optional<Check> check(LawSubject subject) {
    return Optional.ofNullable(checks.get(subject));
  }
}
