package dev.isoflop.laws.compare;

import dev.isoflop.laws.data.BudgetRange;
import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.data.LawSubject;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.finding.ComparisonWarning;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.finding.Fit;
import dev.isoflop.laws.finding.FitError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;

/** Holds two sweeps against each other. */
final class PairComparer {

  /** Budgets closer than this factor are one for the reader. */
  private static final double SAME_BUDGET = 1.05;

  private final ComparedSweep first;
  private final ComparedSweep second;
  private final double confidence;
  private final double verdictConfidence;
  private final CommonLaws laws;
  private final SortedSet<MetricSeries> unlike;

  PairComparer(
      ComparedSweep first, ComparedSweep second, double confidence, double verdictConfidence) {
    this.unlike = first.measuredUnlike(second);
    this.first = first.without(unlike);
    this.second = second.without(unlike);
    this.confidence = confidence;
    this.verdictConfidence = verdictConfidence;
    this.laws = new CommonLaws(this.first, this.second);
  }

  SweepPair pair() {
    List<Finding> findings = new ArrayList<>();
    conventions(findings);
    unlike.forEach(
        series -> findings.add(new FitError.RecordsDiffer(series, first.name(), second.name())));
    samePoints(findings);
    budgets(findings);
    List<ExponentDifference> exponents = exponents(findings);
    Optional<BudgetRange> common = common();
    List<LossAtCompute> losses = new ArrayList<>();
    List<ComputeMultiplier> multipliers = new ArrayList<>();
    if (common.isPresent()) {
      Optional<CommonLaw> loss = laws.of(LawQuantity.LOSS).value();
      ComparedLaw ours =
          loss.map(CommonLaw::first).orElseGet(() -> first.law(LawQuantity.LOSS).orElseThrow());
      ComparedLaw theirs =
          loss.map(CommonLaw::second).orElseGet(() -> second.law(LawQuantity.LOSS).orElseThrow());
      for (double flops : budgets(common.get(), ours, theirs)) {
        losses.add(EqualCompute.loss(ours, theirs, flops, confidence, verdictConfidence));
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
        new ComparisonRules(first, second, laws, verdictConfidence).readings(losses),
        findings);
  }

  private void conventions(List<Finding> findings) {
    if (first.convention().isPresent()
        && second.convention().isPresent()
        && !first.convention().equals(second.convention())) {
      findings.add(
          new ComparisonWarning.ConventionsDiffer(
              first.name(), first.convention().get(), second.name(), second.convention().get()));
    }
  }

  /** Two trainings never end on the same bits, so equal optima are one sweep given twice. */
  private void samePoints(List<Finding> findings) {
    Map<LawSubject, ComparedLaw> theirs = second.laws();
    boolean any = false;
    for (Map.Entry<LawSubject, ComparedLaw> law : first.laws().entrySet()) {
      if (law.getValue() instanceof ComparedLaw.Fitted ours
          && theirs.get(law.getKey()) instanceof ComparedLaw.Fitted other) {
        if (!ours.law().points().equals(other.law().points())) {
          return;
        }
        any = true;
      }
    }
    if (any) {
      findings.add(new ComparisonWarning.SamePoints(first.name(), second.name()));
    }
  }

  /**
   * Warns where the budgets of the two leave little to compare, once for all laws where these
   * agree.
   */
  private void budgets(List<Finding> findings) {
    Map<Finding, List<String>> found = new LinkedHashMap<>();
    List<LawSubject> shared = shared();
    for (LawSubject subject : shared) {
      Fit<CommonLaw> law = laws.of(subject);
      Optional<Finding> finding = law.refusal().map(Finding.class::cast);
      if (law.value().filter(common -> !common.whole()).isPresent()) {
        finding =
            Optional.of(
                new ComparisonWarning.CommonBudgetsOnly(
                    first.name(),
                    first.law(subject).orElseThrow().budgets(),
                    second.name(),
                    second.law(subject).orElseThrow().budgets(),
                    law.value().get().budgets()));
      }
      finding.ifPresent(
          it -> found.computeIfAbsent(it, key -> new ArrayList<>()).add(subject.title()));
    }
    found.forEach(
        (finding, titles) ->
            findings.add(
                titles.size() == shared.size()
                    ? finding
                    : new ComparisonWarning.OfLaws(titles, finding)));
    for (LawSubject subject : LawQuantity.mainOnes()) {
      if (!shared.contains(subject)) {
        laws.of(subject).refusal().ifPresent(findings::add);
      }
    }
  }

  private List<LawSubject> shared() {
    return first.laws().keySet().stream().filter(second.laws()::containsKey).toList();
  }

  private List<ExponentDifference> exponents(List<Finding> findings) {
    List<ExponentDifference> differences = new ArrayList<>();
    for (LawSubject subject : shared()) {
      differences.add(
          laws.of(subject)
              .value()
              .map(law -> ExponentDifference.of(subject, law, confidence, verdictConfidence))
              .orElseGet(
                  () ->
                      ExponentDifference.of(
                          subject,
                          first.law(subject).orElseThrow(),
                          second.law(subject).orElseThrow(),
                          Optional.empty(),
                          confidence,
                          verdictConfidence)));
    }
    List<String> unlike =
        differences.stream()
            .filter(difference -> difference.budgets().isPresent() && !difference.comparable())
            .map(difference -> difference.subject().title())
            .toList();
    if (!unlike.isEmpty()) {
      findings.add(new ComparisonWarning.FormsDiffer(unlike));
    }
    return differences;
  }

  /** The budgets at which losses can be compared without extrapolation. */
  private Optional<BudgetRange> common() {
    List<Double> ours = first.law(LawQuantity.LOSS).map(ComparedLaw::budgets).orElse(List.of());
    List<Double> theirs = second.law(LawQuantity.LOSS).map(ComparedLaw::budgets).orElse(List.of());
    return ours.isEmpty() || theirs.isEmpty() ? Optional.empty() : CommonLaws.range(ours, theirs);
  }

  /** Budgets of either sweep inside the common range, ascending. */
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
