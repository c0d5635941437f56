package dev.isoflop.laws.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.laws.Sweeps;
import dev.isoflop.laws.data.BudgetRange;
import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.data.LawSubject;
import dev.isoflop.laws.data.Measurement;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.options.OffsetChoice;
import dev.isoflop.laws.stats.CounterRandom;
import dev.isoflop.laws.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private static final LawOptions OPTIONS =
      LawOptions.defaults().withBootstrap(0).withOffsets(OffsetChoice.NEVER);

  @Test
  void readsThePapersTwoArchitecturesAsThePaperDoes() {
    SweepPair pair =
        pair(
            ComparedSweep.of("in-context", sweep(1e-3, .56, 2.3943, -.0273, 1)),
            ComparedSweep.of("cross-attention", sweep(1e-3, .54, 3.5, -.0385, 2)));

    assertThat(better(pair, ComparisonRule.MODEL, LawQuantity.PARAMETERS))
        .isEqualTo("cross-attention");
    assertThat(better(pair, ComparisonRule.DATA, LawQuantity.PARAMETERS)).isEqualTo("in-context");
    assertThat(better(pair, ComparisonRule.PIPELINE, LawQuantity.LOSS))
        .isEqualTo("cross-attention");
    ExponentDifference size = pair.exponents().get(0);
    assertThat(size.subject()).isEqualTo(LawQuantity.PARAMETERS);
    assertThat(size.difference()).isCloseTo(-.02, within(.003));
    assertThat(size.interval())
        .hasValueSatisfying(found -> assertThat(found.contains(-.02)).isTrue());
    assertThat(pair.exponents().get(1).difference()).isCloseTo(.02, within(.003));
    assertThat(pair.findings()).isEmpty();
  }

  @Test
  void cannotTellTwoRunsOfTheSameSweepApart() {
    SweepPair pair =
        pair(
            ComparedSweep.of("a", sweep(1e-3, .56, 2.4, -.0273, 1)),
            ComparedSweep.of("b", sweep(1e-3, .56, 2.4, -.0273, 2)));

    assertThat(pair.readings())
        .hasSize(4)
        .allSatisfy(
            reading -> assertThat(reading.verdict()).isInstanceOf(Verdict.CannotTell.class));
    assertThat(pair.exponents())
        .allSatisfy(
            difference ->
                assertThat(difference.interval())
                    .hasValueSatisfying(found -> assertThat(found.contains(0)).isTrue()));
  }

  @Test
  void cannotTellExactlyEqualSweepsApartEither() {
    Laws laws =
        new LawFitter(1)
            .fit(
                Sweeps.parabolic(
                    Sweeps.paperBudgets(), 7, 8, c -> .001 * Math.sqrt(c), c -> 4 / Math.log10(c)),
                OPTIONS);
    SweepPair pair = pair(ComparedSweep.of("a", laws), ComparedSweep.of("b", laws));

    assertThat(pair.readings())
        .extracting(RuleVerdict::verdict)
        .hasOnlyElementsOfType(Verdict.CannotTell.class);
    assertThat(pair.multipliers())
        .allSatisfy(found -> assertThat(found.multiplier()).hasValueCloseTo(1.0, within(1e-9)));
  }

  @Test
  void findsTheLossRatioAndTheComputeItIsWorth() {
    double factor = .98;
    SweepPair pair =
        pair(
            ComparedSweep.of("old", sweep(1e-3, .56, 2.4, -.03, 1)),
            ComparedSweep.of("new", sweep(1e-3, .56, factor * 2.4, -.03, 2)));
    // 2.4 (mC)^-.03 = .98 * 2.4 C^-.03
    double multiplier = StrictMath.pow(factor, 1 / -.03);

    assertThat(pair.common()).contains(new BudgetRange(1e17, 6e18));
    assertThat(pair.losses()).hasSize(6);
    LossAtCompute middle = pair.losses().get(3);
    assertThat(middle.flops()).isEqualTo(1e18);
    assertThat(middle.ratio()).isCloseTo(factor, within(5e-4));
    assertThat(middle.interval())
        .hasValueSatisfying(it -> assertThat(it.contains(factor)).isTrue());
    ComputeMultiplier worth = pair.multipliers().get(3);
    assertThat(worth.multiplier()).hasValueCloseTo(multiplier, within(.05));
    assertThat(worth.interval())
        .hasValueSatisfying(
            it -> {
              assertThat(it.contains(multiplier)).isTrue();
              assertThat(it.low()).isGreaterThan(1);
              assertThat(it.width()).isLessThan(.4);
            });
    assertThat(better(pair, ComparisonRule.EQUAL_COMPUTE, LawQuantity.LOSS)).isEqualTo("new");
    assertThat(pair.multipliers().get(5).extrapolationFactor())
        .isCloseTo(pair.multipliers().get(5).multiplier().orElseThrow(), within(1e-6));
  }

  @Test
  void intervalsOfDifferencesCoverAndVerdictsAreSeldomWrong() {
    int sweeps = 120;
    int covered = 0;
    int wrong = 0;
    int multipliers = 0;
    for (int i = 0; i < sweeps; i++) {
      SweepPair pair =
          pair(
              ComparedSweep.of("a", sweep(1e-3, .56, 2.4, -.0273, 2L * i)),
              ComparedSweep.of("b", sweep(1e-3, .56, 2.4, -.0273, 2L * i + 1)));
      covered += pair.exponents().get(0).interval().orElseThrow().contains(0) ? 1 : 0;
      wrong += pair.readings().get(0).verdict() instanceof Verdict.Better ? 1 : 0;
      multipliers += pair.multipliers().get(3).interval().orElseThrow().contains(1) ? 1 : 0;
    }
    // Welch's interval is a little conservative; the binomial error of 120 is 2 %
    assertThat(covered / (double) sweeps).isBetween(.91, .995);
    assertThat(multipliers / (double) sweeps).isBetween(.91, .995);
    assertThat(wrong).isBetween(1, 10);
  }

  @Test
  void comparesPrintedExponentsWithoutAnyPoints() {
    SweepPair pair =
        pair(
            printed("paper", .5681, Optional.of(new Interval(.55, .59)), List.of(1e17, 6e18)),
            printed("ours", .48, Optional.of(new Interval(.46, .5)), List.of(1e17, 6e18)));

    ExponentDifference size = pair.exponents().get(0);
    assertThat(size.difference()).isCloseTo(-.0881, within(1e-12));
    // equal half-widths with 4 degrees each: sqrt(2) wider in error, t of 8 degrees for t of 4
    assertThat(size.interval().orElseThrow().width() / 2)
        .isCloseTo(.02 * Math.sqrt(2) * 2.306 / 2.776, within(1e-4));
    assertThat(better(pair, ComparisonRule.MODEL, LawQuantity.PARAMETERS)).isEqualTo("ours");
  }

  @Test
  void doesNotJudgeLawsOfUnknownBudgets() {
    SweepPair pair =
        pair(
            printed("paper", .5681, Optional.of(new Interval(.55, .59)), List.of()),
            printed("ours", .48, Optional.of(new Interval(.46, .5)), List.of()));

    assertThat(pair.exponents().get(0).budgets()).isEmpty();
    assertThat(pair.losses()).isEmpty();
    assertThat(pair.findings()).extracting(Finding::reason).containsExactly("BudgetsUnknown");
    assertThat(pair.readings())
        .extracting(RuleVerdict::verdict)
        .hasOnlyElementsOfType(Verdict.CannotTell.class)
        .extracting(Verdict::why)
        .allMatch(why -> why.startsWith("paper: the budgets of its laws are not known"));
  }

  @Test
  void printedLawsWithBudgetsGiveRatiosWithoutIntervals() {
    SweepPair pair =
        pair(
            printed("paper", .5681, Optional.empty(), List.of(1e17, 1e18)),
            printed("ours", .5, Optional.empty(), List.of(1e17, 1e18)));

    assertThat(pair.common()).contains(new BudgetRange(1e17, 1e18));
    assertThat(pair.losses())
        .hasSize(2)
        .allSatisfy(
            loss -> {
              assertThat(loss.ratio()).isCloseTo(1, within(1e-12));
              assertThat(loss.interval()).isEmpty();
            });
    assertThat(pair.readings())
        .extracting(RuleVerdict::verdict)
        .extracting(Verdict::why)
        .anyMatch(why -> why.endsWith("an exponent came without an interval"));
  }

  @Test
  void saysWhenSweepsShareNoBudgets() {
    SweepPair pair =
        pair(
            printed("small", .5, Optional.empty(), List.of(1e15, 1e16)),
            printed("large", .5, Optional.empty(), List.of(1e18, 1e19)));

    assertThat(pair.common()).isEmpty();
    assertThat(pair.findings())
        .singleElement()
        .extracting(Finding::message)
        .isEqualTo(
            "small covers budgets 1e15 to 1e16, large covers 1e18 to 1e19: none are common, and"
                + " both exponents and losses depend on the budgets; train one of them at budgets"
                + " of the other");
  }

  @Test
  void saysWhenFlopsWereCountedDifferently() {
    Laws laws = sweep(1e-3, .5, 2, -.03, 1);
    Laws other =
        new LawFitter(1).fit(points(1e-3, .5, 2, -.03, 2), OPTIONS.withConvention("SixND"));

    assertThat(pair(ComparedSweep.of("a", laws), ComparedSweep.of("b", other)).findings())
        .extracting(Finding::reason)
        .containsExactly("ConventionsDiffer");
  }

  @Test
  void comparesNoMetricThatWasMeasuredOtherwise() {
    MetricSeries fid = new MetricSeries("FID", "coco-2014");
    ComparedSweep ours = measured("a", fid, "sha256:1");

    SweepPair unlike = pair(ours, measured("b", fid, "sha256:2"));
    assertThat(unlike.exponents())
        .extracting(difference -> difference.subject().title())
        .noneMatch(title -> title.contains("FID"));
    assertThat(unlike.findings())
        .extracting(Finding::message)
        .contains(
            "FID on coco-2014: a and b measured it on different data or with different settings,"
                + " such as extractor or samples, so it is not compared; measure both alike");

    for (ComparedSweep alike : List.of(measured("b", fid, "sha256:1"), measured("b", fid, null))) {
      SweepPair pair = pair(ours, alike);
      assertThat(pair.exponents())
          .extracting(difference -> difference.subject().title())
          .anyMatch(title -> title.contains("FID"));
      assertThat(pair.findings()).extracting(Finding::reason).doesNotContain("RecordsDiffer");
    }
  }

  private static ComparedSweep measured(String name, MetricSeries series, @Nullable String record) {
    List<TrainedPoint> points =
        points(1e-3, .5, 2, -.03, name.hashCode()).stream()
            .map(
                point ->
                    point.withMetrics(
                        Map.of(series, Measurement.of(1e4 * StrictMath.pow(point.budget(), -.1)))))
            .toList();
    TreeMap<MetricSeries, String> records = new TreeMap<>();
    if (record != null) {
      records.put(series, record);
    }
    return ComparedSweep.of(
        name, new LawFitter(1).fit(points, OPTIONS).measured(records, List.of()));
  }

  @Test
  void doesNotRankTheExponentsOfLawsOfDifferentForm() {
    ComparedLaw levelling =
        new ComparedLaw.Printed(
            50,
            -.2,
            OptionalDouble.of(.5),
            List.of(1e17, 1e19),
            Optional.of(new Interval(-.21, -.19)),
            .95,
            OptionalInt.of(6));
    ComparedSweep first = printed("a", .5, Optional.empty(), List.of(1e17, 1e19));
    ComparedSweep second =
        new ComparedSweep("b", Optional.empty(), Map.of(LawQuantity.LOSS, levelling));
    SweepPair pair = pair(first, second);

    assertThat(verdict(pair, ComparisonRule.PIPELINE, LawQuantity.LOSS))
        .isInstanceOf(Verdict.CannotTell.class);
    assertThat(pair.findings()).extracting(Finding::reason).contains("FormsDiffer");
    assertThat(verdict(pair, ComparisonRule.MODEL, LawQuantity.PARAMETERS).why())
        .isEqualTo("b has no law of N* to compare; fit it alone to see why");
  }

  @Test
  void aLawThatLevelsOffAboveNeverReachesTheLoss() {
    ComparedLaw levelling =
        new ComparedLaw.Printed(
            50, -.2, OptionalDouble.of(.9), List.of(), Optional.empty(), .95, OptionalInt.empty());
    ComparedLaw lower =
        new ComparedLaw.Printed(
            2, -.02, OptionalDouble.empty(), List.of(), Optional.empty(), .95, OptionalInt.empty());

    assertThat(EqualLoss.multiplier(levelling, lower, 1e20, .95).multiplier()).isEmpty();
    double back = EqualLoss.multiplier(lower, levelling, 1e20, .95).multiplier().orElseThrow();
    assertThat(lower.at(back * 1e20)).isCloseTo(levelling.at(1e20), within(1e-9));
  }

  @Test
  void aFlatLawLeavesTheMultiplierOpenAbove() {
    ComputeMultiplier worth =
        pair(
                ComparedSweep.of("flat", noisy(-.00002, 11)),
                ComparedSweep.of("other", noisy(-.00002, 12)))
            .multipliers()
            .get(0);

    assertThat(worth.interval())
        .hasValueSatisfying(
            found ->
                assertThat(found.high() == Double.POSITIVE_INFINITY || found.low() == 0).isTrue());
  }

  @Test
  void comparesEveryPairOnceAndGuardsItsVerdicts() {
    ComparedSweep a = printed("a", .5, Optional.empty(), List.of());
    ComparedSweep b = printed("b", .5, Optional.empty(), List.of());
    ComparedSweep c = printed("c", .5, Optional.empty(), List.of());
    Comparison comparison = Comparison.of(List.of(a, b, c), .94);

    assertThat(comparison.pairs())
        .extracting(pair -> pair.first() + pair.second())
        .containsExactly("ab", "ac", "bc");
    assertThat(comparison.verdictConfidence()).isCloseTo(.98, within(1e-12));
  }

  @Test
  void rejectsWhatCannotBeCompared() {
    ComparedSweep a = printed("a", .5, Optional.empty(), List.of());

    assertThatThrownBy(() -> Comparison.of(List.of(a), .95)).hasMessageContaining("at least 2");
    assertThatThrownBy(() -> Comparison.of(List.of(a, a), .95))
        .hasMessageContaining("'a' stands for two sweeps");
    assertThatThrownBy(() -> Comparison.of(List.of(a, a), 95.0)).hasMessageContaining("confidence");
  }

  private static SweepPair pair(ComparedSweep first, ComparedSweep second) {
    return Comparison.of(List.of(first, second), .95).pairs().get(0);
  }

  private static Verdict verdict(SweepPair pair, ComparisonRule rule, LawSubject subject) {
    return pair.readings().stream()
        .filter(reading -> reading.rule() == rule && reading.subject().equals(subject))
        .findFirst()
        .orElseThrow()
        .verdict();
  }

  private static String better(SweepPair pair, ComparisonRule rule, LawSubject subject) {
    Verdict verdict = verdict(pair, rule, subject);
    assertThat(verdict).as(verdict.why()).isInstanceOf(Verdict.Better.class);
    return ((Verdict.Better) verdict).sweep();
  }

  private static ComparedSweep printed(
      String name, double exponent, Optional<Interval> interval, List<Double> budgets) {
    return new ComparedSweep(
        name,
        Optional.empty(),
        Map.of(
            LawQuantity.PARAMETERS,
            law(1e-3, exponent, interval, budgets),
            LawQuantity.TOKENS,
            law(
                100,
                1 - exponent,
                interval.map(it -> new Interval(1 - it.high(), 1 - it.low())),
                budgets),
            LawQuantity.LOSS,
            law(2, -.03, Optional.empty(), budgets)));
  }

  private static ComparedLaw law(
      double coefficient, double exponent, Optional<Interval> interval, List<Double> budgets) {
    return new ComparedLaw.Printed(
        coefficient, exponent, OptionalDouble.empty(), budgets, interval, .95, OptionalInt.of(6));
  }

  private static Laws noisy(double lossExponent, long seed) {
    return sweep(1e-3, .5, 1, lossExponent, seed);
  }

  private static Laws sweep(double k, double a, double lossAtOne, double b, long seed) {
    return new LawFitter(1).fit(points(k, a, lossAtOne, b, seed), OPTIONS);
  }

  private static List<TrainedPoint> points(
      double k, double a, double lossAtOne, double b, long seed) {
    CounterRandom random = new CounterRandom(seed, 5);
    List<TrainedPoint> points = new ArrayList<>();
    for (TrainedPoint point :
        Sweeps.parabolic(
            Sweeps.paperBudgets(),
            7,
            8,
            c -> k * StrictMath.pow(c, a),
            c -> lossAtOne * StrictMath.pow(c, b))) {
      double noise = 2e-4 * random.nextGaussian();
      points.add(point.withLoss(Measurement.of(point.loss().value() + noise)));
    }
    return points;
  }
}
