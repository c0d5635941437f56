package dev.isoflop.laws.compare;

import dev.isoflop.laws.data.BudgetRange;
import dev.isoflop.laws.data.LawSubject;
import dev.isoflop.laws.stats.Interval;
import dev.isoflop.laws.stats.Spread;
import java.util.Optional;

/**
 * The exponents of one law in two sweeps.
 *
 * @param difference second minus first
 * @param interval of the difference (Student-t after Welch, for sweeps of unequal noise); empty
 *     when an exponent came without one
 * @param verdictInterval the same with the confidence of the comparison's verdicts
 * @param budgets that both laws were fitted to; empty where each has its own, so that the exponents
 *     may differ for that reason alone
 * @param comparable whether both laws have the same form: the exponent of a law that levels off is
 *     no slope, and does not compare with that of a pure power law
 */
public record ExponentDifference(
    LawSubject subject,
    double first,
    double second,
    double difference,
    Optional<Interval> interval,
    Optional<Interval> verdictInterval,
    Optional<BudgetRange> budgets,
    boolean comparable) {

  /** The difference of the exponents of two laws on their common budgets. */
  public static ExponentDifference of(LawSubject subject, CommonLaw law, double confidence) {
    return of(subject, law, confidence, confidence);
  }

  public static ExponentDifference of(
      LawSubject subject, CommonLaw law, double confidence, double verdictConfidence) {
    return of(
        subject,
        law.first(),
        law.second(),
        Optional.of(law.budgets()),
        confidence,
        verdictConfidence);
  }

  public static ExponentDifference of(
      LawSubject subject,
      ComparedLaw first,
      ComparedLaw second,
      Optional<BudgetRange> budgets,
      double confidence,
      double verdictConfidence) {
    Optional<Spread> spread = LawSpread.ofExponents(first, second);
    double difference = second.exponent() - first.exponent();
    return new ExponentDifference(
        subject,
        first.exponent(),
        second.exponent(),
        difference,
        spread.map(it -> it.around(difference, confidence)),
        spread.map(it -> it.around(difference, verdictConfidence)),
        budgets,
        first.offset().isPresent() == second.offset().isPresent());
  }
}
