package dev.isoflop.operator.laws;

import static dev.isoflop.operator.laws.Notation.number;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads two sweeps by the benchmark's rules, and says so where they do not tell. */
final class PairReader {

  /** Exponents that differ by less differ by the arithmetic's rounding. */
  private static final double ROUNDING = 1e-9;

  private final ComparedSweep first;
  private final ComparedSweep second;
  private final double confidence;

  PairReader(ComparedSweep first, ComparedSweep second, double confidence) {
    this.first = first;
    this.second = second;
    this.confidence = confidence;
  }

  /**
   * Every rule's verdict.
   *
   * @param losses at equal compute, with intervals of the verdicts' confidence
   */
  List<Reading> readings(List<LossAtCompute> losses) {
    List<Reading> readings = new ArrayList<>();
    readings.add(
        new Reading(
            ReadingRule.MODEL, LawSubject.Optimal.PARAMETERS, allocation(ReadingRule.MODEL)));
    readings.add(
        new Reading(ReadingRule.DATA, LawSubject.Optimal.PARAMETERS, allocation(ReadingRule.DATA)));
    Map<LawSubject, ComparedLaw> theirs = second.laws();
    first
        .laws()
        .forEach(
            (subject, law) -> {
              ComparedLaw other = theirs.get(subject);
              if (other != null && falls(subject, law, other)) {
                readings.add(
                    new Reading(ReadingRule.PIPELINE, subject, steeper(subject, law, other)));
              }
            });
    readings.add(new Reading(ReadingRule.EQUAL_COMPUTE, LawSubject.Optimal.LOSS, lower(losses)));
    return readings;
  }

  /** Whether the rule of steeper laws has a meaning: both quantities fall with compute. */
  private static boolean falls(LawSubject subject, ComparedLaw first, ComparedLaw second) {
    boolean quality = subject instanceof LawSubject.Metric || subject == LawSubject.Optimal.LOSS;
    return quality && first.exponent() < 0 && second.exponent() < 0;
  }

  /** Both exponents must point the same way, and each beyond chance. */
  private Verdict allocation(ReadingRule rule) {
    if (first.parameters().isEmpty()
        || second.parameters().isEmpty()
        || first.tokens().isEmpty()
        || second.tokens().isEmpty()) {
      return new Verdict.CannotTell("a sweep has no law of N* or of D*");
    }
    ExponentDifference size =
        difference(
            LawSubject.Optimal.PARAMETERS, first.parameters().get(), second.parameters().get());
    ExponentDifference data =
        difference(LawSubject.Optimal.TOKENS, first.tokens().get(), second.tokens().get());
    Optional<Integer> sizeSign = sign(size);
    Optional<Integer> dataSign = sign(data);
    String evidence = evidence(size) + ", " + evidence(data);
    if (sizeSign.isEmpty() || dataSign.isEmpty()) {
      return new Verdict.CannotTell(evidence + "; an exponent came without an interval");
    }
    if (sizeSign.get() == 0 || dataSign.get() == 0) {
      return new Verdict.CannotTell(evidence + "; the difference may be 0");
    }
    if (sizeSign.get().equals(dataSign.get())) {
      return new Verdict.CannotTell(evidence + "; both exponents moved the same way");
    }
    boolean secondSmaller = sizeSign.get() < 0;
    boolean secondBetter = (rule == ReadingRule.MODEL) == secondSmaller;
    return new Verdict.Better(secondBetter ? second.name() : first.name(), evidence);
  }

  private Verdict steeper(LawSubject subject, ComparedLaw ours, ComparedLaw theirs) {
    ExponentDifference difference = difference(subject, ours, theirs);
    if (!difference.comparable()) {
      return new Verdict.CannotTell(
          subject.title() + ": one law levels off and the other does not");
    }
    Optional<Integer> sign = sign(difference);
    if (sign.isEmpty()) {
      return new Verdict.CannotTell(
          evidence(difference) + "; an exponent came without an interval");
    }
    if (sign.get() == 0) {
      return new Verdict.CannotTell(evidence(difference) + "; the difference may be 0");
    }
    return new Verdict.Better(sign.get() < 0 ? second.name() : first.name(), evidence(difference));
  }

  private Verdict lower(List<LossAtCompute> losses) {
    if (losses.isEmpty()) {
      return new Verdict.CannotTell("the sweeps have no budgets in common");
    }
    if (losses.stream().anyMatch(loss -> loss.interval().isEmpty())) {
      return new Verdict.CannotTell("a law of the loss came without what its errors need");
    }
    LossAtCompute last = losses.get(losses.size() - 1);
    String evidence =
        "loss ratio %s %s at %s"
            .formatted(
                number(last.ratio()),
                Notation.interval(last.interval().orElseThrow()),
                Notation.flops(last.flops()));
    if (losses.stream().allMatch(loss -> loss.interval().orElseThrow().high() < 1)) {
      return new Verdict.Better(second.name(), evidence + ", lower at every common budget");
    }
    if (losses.stream().allMatch(loss -> loss.interval().orElseThrow().low() > 1)) {
      return new Verdict.Better(first.name(), evidence + ", higher at every common budget");
    }
    return new Verdict.CannotTell(evidence + "; not one-sided at every common budget");
  }

  private ExponentDifference difference(LawSubject subject, ComparedLaw ours, ComparedLaw theirs) {
    return ExponentDifference.of(subject, ours, theirs, confidence);
  }

  /** Of a difference that chance does not explain, else 0; empty when its interval is unknown. */
  private static Optional<Integer> sign(ExponentDifference difference) {
    return difference
        .interval()
        .map(
            interval ->
                interval.contains(0) || Math.abs(difference.difference()) < ROUNDING
                    ? 0
                    : (int) Math.signum(difference.difference()));
  }

  private static String evidence(ExponentDifference difference) {
    return "%s exponent %s against %s, difference %s%s"
        .formatted(
            difference.subject().title(),
            number(difference.second()),
            number(difference.first()),
            number(difference.difference()),
            difference.interval().map(found -> " " + Notation.interval(found)).orElse(""));
  }
}
