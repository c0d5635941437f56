package dev.isoflop.operator.cli.laws;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.isoflop.api.v1alpha1.status.IntervalStatus;
import dev.isoflop.laws.compare.Comparison;
import dev.isoflop.laws.compare.SweepPair;
import dev.isoflop.laws.compare.Verdict;
import dev.isoflop.laws.data.BudgetRange;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.stats.Interval;
import dev.isoflop.operator.sweep.status.LawMapping;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A comparison as programs read it; what is not known, and intervals with an open end, are absent.
 *
 * @param confidence of every interval
 * @param verdictConfidence of the verdicts
 */
public record ComparisonSheet(
    double confidence, double verdictConfidence, List<String> sweeps, List<Pair> pairs) {

  /** Two sweeps; differences and ratios are the second's against the first. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Pair(
      String first,
      String second,
      List<Exponent> exponents,
      @Nullable BudgetRange common,
      List<Loss> losses,
      List<Multiplier> multipliers,
      List<Judgement> verdicts,
      List<String> findings) {}

  /**
   * The exponents of one law.
   *
   * @param budgets that both were fitted to; absent where each has its own
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Exponent(
      String law,
      double first,
      double second,
      double difference,
      @Nullable IntervalStatus interval,
      @Nullable BudgetRange budgets,
      boolean comparable) {}

  /** Loss at equal compute. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Loss(
      double flops, double first, double second, double ratio, @Nullable IntervalStatus interval) {}

  /** Compute for equal loss. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Multiplier(
      double flops,
      double loss,
      @Nullable Double multiplier,
      @Nullable IntervalStatus interval,
      double extrapolationFactor) {}

  /**
   * Verdict of a rule.
   *
   * @param better the name of the better sweep; absent where the two do not tell
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Judgement(String rule, String law, @Nullable String better, String why) {}

  /** The sheet of a comparison. */
  public static ComparisonSheet of(Comparison comparison) {
    return new ComparisonSheet(
        comparison.confidence(),
        comparison.verdictConfidence(),
        comparison.sweeps(),
        comparison.pairs().stream().map(ComparisonSheet::pair).toList());
  }

  private static Pair pair(SweepPair pair) {
    return new Pair(
        pair.first(),
        pair.second(),
        pair.exponents().stream()
            .map(
                it ->
                    new Exponent(
                        it.subject().title(),
                        it.first(),
                        it.second(),
                        it.difference(),
                        interval(it.interval()),
                        it.budgets().orElse(null),
                        it.comparable()))
            .toList(),
        pair.common().orElse(null),
        pair.losses().stream()
            .map(
                it ->
                    new Loss(
                        it.flops(), it.first(), it.second(), it.ratio(), interval(it.interval())))
            .toList(),
        pair.multipliers().stream()
            .map(
                it ->
                    new Multiplier(
                        it.flops(),
                        it.loss(),
                        boxed(it.multiplier()),
                        interval(it.interval()),
                        it.extrapolationFactor()))
            .toList(),
        pair.readings().stream()
            .map(
                it ->
                    new Judgement(
                        it.rule().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        it.subject().title(),
                        it.verdict() instanceof Verdict.Better better ? better.sweep() : null,
                        it.verdict().why()))
            .toList(),
        pair.findings().stream().map(Finding::message).toList());
  }

  private static @Nullable IntervalStatus interval(Optional<Interval> interval) {
    return interval.flatMap(it -> Optional.ofNullable(LawMapping.interval(it))).orElse(null);
  }

  private static @Nullable Double boxed(OptionalDouble value) {
    return value.isPresent() && Double.isFinite(value.getAsDouble()) ? value.getAsDouble() : null;
  }
}
