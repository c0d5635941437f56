package dev.isoflop.laws.compare;

import static dev.isoflop.laws.text.NumberFormat.number;

import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.data.LawSubject;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.finding.Fit;
import dev.isoflop.laws.finding.FitError;
import dev.isoflop.laws.stats.Interval;
import dev.isoflop.laws.text.Confidence;
import dev.isoflop.laws.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads two sweeps by the benchmark's rules, and says so where they do not tell. */
final class ComparisonRules {

  /** Exponents that differ by less differ by the arithmetic's rounding. */
  private static final double ROUNDING = 1e-9;

  private final ComparedSweep first;
  private final ComparedSweep second;
  private final CommonLaws laws;
  private final double confidence;

  /**
   * @param laws of both on the budgets that both cover, the only ones that a verdict may rest on
   * @param confidence of the verdicts' intervals
   */
  ComparisonRules(ComparedSweep first, ComparedSweep second, CommonLaws laws, double confidence) {
    this.first = first;
    this.second = second;
    this.laws = laws;
    this.confidence = confidence;
  }

  /**
   * Every rule's verdict.
   *
   * @param losses at equal compute, at the budgets of both
   */
  List<RuleVerdict> readings(List<LossAtCompute> losses) {
    List<RuleVerdict> readings = new ArrayList<>();
    readings.add(
        new RuleVerdict(
            ComparisonRule.MODEL, LawQuantity.PARAMETERS, allocation(ComparisonRule.MODEL)));
    readings.add(
        new RuleVerdict(
            ComparisonRule.DATA, LawQuantity.PARAMETERS, allocation(ComparisonRule.DATA)));
    readings.add(
        new RuleVerdict(ComparisonRule.PIPELINE, LawQuantity.LOSS, steeper(LawQuantity.LOSS)));
    for (LawSubject subject : first.laws().keySet()) {
      if (subject instanceof MetricSeries && falls(subject)) {
        readings.add(new RuleVerdict(ComparisonRule.PIPELINE, subject, steeper(subject)));
      }
    }
    readings.add(new RuleVerdict(ComparisonRule.EQUAL_COMPUTE, LawQuantity.LOSS, lower(losses)));
    return readings;
  }

  /** Whether both sweeps have the law and the metric falls with compute, as the rule needs. */
  private boolean falls(LawSubject subject) {
    return first.law(subject).filter(law -> law.exponent() < 0).isPresent()
        && second.law(subject).filter(law -> law.exponent() < 0).isPresent();
  }

  /** Both exponents must point the same way, and each beyond chance. */
  private Verdict allocation(ComparisonRule rule) {
    Fit<CommonLaw> sizes = laws.of(LawQuantity.PARAMETERS);
    Fit<CommonLaw> tokens = laws.of(LawQuantity.TOKENS);
    if (sizes.value().isEmpty() || tokens.value().isEmpty()) {
      return cannotTell(sizes.refusal().or(tokens::refusal).orElseThrow());
    }
    ExponentDifference size =
        ExponentDifference.of(LawQuantity.PARAMETERS, sizes.value().get(), confidence);
    ExponentDifference data =
        ExponentDifference.of(LawQuantity.TOKENS, tokens.value().get(), confidence);
    Optional<Integer> sizeSign = sign(size);
    Optional<Integer> dataSign = sign(data);
    String evidence = evidence(size) + ", " + evidence(data);
    if (sizeSign.isEmpty() || dataSign.isEmpty()) {
      return new Verdict.CannotTell(evidence, "an exponent came without an interval");
    }
    if (sizeSign.get() == 0 || dataSign.get() == 0) {
      return new Verdict.CannotTell(evidence, "the difference may be 0");
    }
    if (sizeSign.get().equals(dataSign.get())) {
      return new Verdict.CannotTell(evidence, "both exponents moved the same way");
    }
    boolean secondSmaller = sizeSign.get() < 0;
    boolean secondBetter = (rule == ComparisonRule.MODEL) == secondSmaller;
    return new Verdict.Better(secondBetter ? second.name() : first.name(), evidence);
  }

  private Verdict steeper(LawSubject subject) {
    Fit<CommonLaw> common = laws.of(subject);
    if (common.value().isEmpty()) {
      return cannotTell(common.refusal().orElseThrow());
    }
    CommonLaw law = common.value().get();
    if (!(law.first().exponent() < 0 && law.second().exponent() < 0)) {
      return new Verdict.CannotTell(
          "",
          "%s does not fall with compute in %s"
              .formatted(
                  subject.title(), law.first().exponent() < 0 ? second.name() : first.name()));
    }
    ExponentDifference difference = ExponentDifference.of(subject, law, confidence);
    if (!difference.comparable()) {
      return new Verdict.CannotTell("", "one law levels off and the other does not");
    }
    Optional<Integer> sign = sign(difference);
    if (sign.isEmpty()) {
      return new Verdict.CannotTell(evidence(difference), "an exponent came without an interval");
    }
    if (sign.get() == 0) {
      return new Verdict.CannotTell(evidence(difference), "the difference may be 0");
    }
    return new Verdict.Better(sign.get() < 0 ? second.name() : first.name(), evidence(difference));
  }

  private Verdict lower(List<LossAtCompute> losses) {
    Fit<CommonLaw> law = laws.of(LawQuantity.LOSS);
    if (law.value().isEmpty()) {
      return cannotTell(law.refusal().orElseThrow());
    }
    if (losses.stream().anyMatch(loss -> loss.verdictInterval().isEmpty())) {
      return new Verdict.CannotTell("", "a law of the loss came without what its errors need");
    }
    LossAtCompute last = losses.get(losses.size() - 1);
    String evidence =
        "loss ratio %s %s at %s"
            .formatted(
                number(last.ratio()),
                interval(last.verdictInterval().orElseThrow()),
                NumberFormat.flops(last.flops()));
    if (losses.stream().allMatch(loss -> loss.verdictInterval().orElseThrow().high() < 1)) {
      return new Verdict.Better(second.name(), evidence + ", lower at every common budget");
    }
    if (losses.stream().allMatch(loss -> loss.verdictInterval().orElseThrow().low() > 1)) {
      return new Verdict.Better(first.name(), evidence + ", higher at every common budget");
    }
    boolean maybeEqual =
        losses.stream()
            .map(loss -> loss.verdictInterval().orElseThrow())
            .anyMatch(ratio -> ratio.low() <= 1 && ratio.high() >= 1);
    return new Verdict.CannotTell(
        evidence,
        maybeEqual
            ? "at some common budget the ratio may be 1"
            : "lower at some common budgets, higher at others");
  }

  private static Verdict cannotTell(FitError why) {
    return new Verdict.CannotTell("", why.message());
  }

  /**
   * Sign of a difference that chance does not explain, else 0; empty when its interval is unknown.
   */
  private static Optional<Integer> sign(ExponentDifference difference) {
    return difference
        .interval()
        .map(
            interval ->
                interval.contains(0) || Math.abs(difference.difference()) < ROUNDING
                    ? 0
                    : (int) Math.signum(difference.difference()));
  }

  private String evidence(ExponentDifference difference) {
    return "%s exponent %s against %s, difference %s%s"
        .formatted(
            difference.subject().title(),
            number(difference.second()),
            number(difference.first()),
            number(difference.difference()),
            difference.interval().map(found -> " " + interval(found)).orElse(""));
  }

  /** An interval with its confidence, which may have been raised above that of the others. */
  private String interval(Interval interval) {
    return NumberFormat.interval(interval) + " (" + Confidence.percent(confidence) + ")";
  }
}
