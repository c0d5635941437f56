package dev.isoflop.operator.laws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Holds two sweeps against each other. */
final class PairComparer {

  /** Budgets closer than this factor are one for the reader. */
  private static final double SAME_BUDGET = 1.05;

  private final ComparedSweep first;
  private final ComparedSweep second;
  private final double confidence;
  private final double verdictConfidence;

  PairComparer(
      ComparedSweep first, ComparedSweep second, double confidence, double verdictConfidence) {
    this.first = first;
    this.second = second;
    this.confidence = confidence;
    this.verdictConfidence = verdictConfidence;
  }

  SweepPair pair() {
    List<Finding> findings = new ArrayList<>();
    if (first.convention().isPresent()
        && second.convention().isPresent()
        && !first.convention().equals(second.convention())) {
      findings.add(
          new Reservation.ConventionsDiffer(
              first.name(), first.convention().get(), second.name(), second.convention().get()));
    }
    List<ExponentDifference> exponents = exponents(findings);
    Optional<BudgetRange> common = common(findings);
    List<LossAtCompute> losses = new ArrayList<>();
    List<ComputeMultiplier> multipliers = new ArrayList<>();
    List<LossAtCompute> strict = new ArrayList<>();
    if (common.isPresent()) {
      ComparedLaw ours = first.loss().orElseThrow();
      ComparedLaw theirs = second.loss().orElseThrow();
      for (double flops : budgets(common.get(), ours, theirs)) {
        losses.add(EqualCompute.loss(ours, theirs, flops, confidence));
        strict.add(EqualCompute.loss(ours, theirs, flops, verdictConfidence));
        multipliers.add(EqualLoss.multiplier(ours, theirs, flops, confidence));
      }
    }
    return new SweepPair(
        first.name(),
        second.name(),
        exponents,
        common,
        losses,
        multipliers,
        new PairReader(first, second, verdictConfidence).readings(strict),
        findings);
  }

  private List<ExponentDifference> exponents(List<Finding> findings) {
    List<ExponentDifference> differences = new ArrayList<>();
    Map<LawSubject, ComparedLaw> theirs = second.laws();
    first
        .laws()
        .forEach(
            (subject, law) -> {
              ComparedLaw other = theirs.get(subject);
              if (other != null) {
                differences.add(ExponentDifference.of(subject, law, other, confidence));
              }
            });
    differences.stream()
        .filter(difference -> !difference.comparable())
        .map(difference -> new Reservation.FormsDiffer(difference.subject().title()))
        .forEach(findings::add);
    return differences;
  }

  private Optional<BudgetRange> common(List<Finding> findings) {
    if (first.loss().isEmpty() || second.loss().isEmpty()) {
      findings.add(new Refusal.NoLossLaw(first.loss().isEmpty() ? first.name() : second.name()));
      return Optional.empty();
    }
    List<Double> ours = first.loss().get().budgets();
    List<Double> theirs = second.loss().get().budgets();
    if (ours.isEmpty() || theirs.isEmpty()) {
      findings.add(new Refusal.BudgetsUnknown(ours.isEmpty() ? first.name() : second.name()));
      return Optional.empty();
    }
    double low = Math.max(ours.get(0), theirs.get(0));
    double high = Math.min(ours.get(ours.size() - 1), theirs.get(theirs.size() - 1));
    if (low > high) {
      findings.add(new Refusal.NoCommonBudgets(first.name(), ours, second.name(), theirs));
      return Optional.empty();
    }
    return Optional.of(new BudgetRange(low, high));
  }

  /** Of either sweep inside the common range, ascending. */
  private static List<Double> budgets(BudgetRange common, ComparedLaw ours, ComparedLaw theirs) {
    double[] inside =
        Stream.concat(ours.budgets().stream(), theirs.budgets().stream())
            .mapToDouble(Double::doubleValue)
            .filter(common::contains)
            .sorted()
            .toArray();
    List<Double> distinct = new ArrayList<>();
    for (double budget : inside) {
      if (distinct.isEmpty() || budget > SAME_BUDGET * distinct.get(distinct.size() - 1)) {
        distinct.add(budget);
      }
    }
    return distinct;
  }
}
