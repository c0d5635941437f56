package dev.isoflop.laws.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.laws.Sweeps;
import dev.isoflop.laws.data.BudgetRange;
import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.data.Measurement;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.options.OffsetChoice;
import dev.isoflop.laws.stats.CounterRandom;
import dev.isoflop.laws.stats.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Verdicts may only rest on the budgets that both sweeps cover. */
class CommonBudgetsTest {

  private static final LawOptions OPTIONS =
      LawOptions.defaults().withBootstrap(0).withOffsets(OffsetChoice.NEVER);

  private static final double[] BUDGETS = {1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22, 8e22};

  @Test
  void oneTruthSeenAtDifferentBudgetsIsNoBetterPipeline() {
    SweepPair pair = pair(sweep("small", 0, 4, 1), sweep("large", 4, 8, 2));

    assertThat(pair.readings())
        .hasSize(4)
        .extracting(RuleVerdict::verdict)
        .hasOnlyElementsOfType(Verdict.CannotTell.class)
        .extracting(Verdict::why)
        .allMatch(why -> why.contains("none are common"));
    assertThat(pair.exponents())
        .allSatisfy(difference -> assertThat(difference.budgets()).isEmpty());
    assertThat(pair.findings()).extracting(Finding::reason).containsExactly("NoCommonBudgets");
  }

  @Test
  void partlyCommonBudgetsAreJudgedAlone() {
    SweepPair pair = pair(sweep("small", 0, 6, 1), sweep("large", 3, 8, 2));

    assertThat(pair.common()).contains(new BudgetRange(1e19, 1e21));
    assertThat(pair.exponents())
        .allSatisfy(
            difference -> assertThat(difference.budgets()).contains(new BudgetRange(1e19, 1e21)));
    assertThat(pair.readings())
        .extracting(RuleVerdict::verdict)
        .hasOnlyElementsOfType(Verdict.CannotTell.class);
    assertThat(pair.findings())
        .singleElement()
        .extracting(Finding::message)
        .isEqualTo(
            "small covers budgets 1e16 to 1e21, large covers 1e19 to 8e22; what is compared are"
                + " laws fitted to the budgets from 1e19 to 1e21 alone");
  }

  @Test
  void aBetterPipelineIsStillFoundOnTheCommonBudgets() {
    ComparedSweep steep = sweep("steep", 3, 8, 2, c -> 50 * StrictMath.pow(c, -.05));
    ComparedSweep flat = sweep("flat", 0, 6, 1, c -> 10 * StrictMath.pow(c, -.02));
    SweepPair pair = pair(flat, steep);

    assertThat(pair.readings())
        .filteredOn(reading -> reading.rule() == ComparisonRule.PIPELINE)
        .extracting(RuleVerdict::verdict)
        .singleElement()
        .isInstanceOfSatisfying(
            Verdict.Better.class,
            better -> {
              assertThat(better.sweep()).isEqualTo("steep");
              assertThat(better.why()).contains("(95 %)");
            });
    assertThat(pair.exponents().get(2).first()).isCloseTo(-.02, within(1e-3));
  }

  @Test
  void twoCommonBudgetsCannotTell() {
    SweepPair pair = pair(sweep("small", 0, 5, 1), sweep("large", 3, 8, 2));

    assertThat(pair.readings())
        .extracting(RuleVerdict::verdict)
        .hasOnlyElementsOfType(Verdict.CannotTell.class)
        .extracting(Verdict::why)
        .containsOnly(
            "small has 2 budgets between 1e19 and 1e20, where both sweeps have some, and a law of"
                + " the common budgets needs 3; train further budgets there");
    assertThat(pair.losses()).hasSize(2);
    assertThat(pair.findings()).extracting(Finding::reason).containsExactly("TooFewCommonBudgets");
  }

  @Test
  void aMissingLawOfTheLossIsTheReasonAndNotTheBudgets() {
    ComparedSweep whole = sweep("whole", 0, 4, 1);
    ComparedSweep lossless =
        new ComparedSweep(
            "lossless",
            Optional.empty(),
            Map.of(
                LawQuantity.PARAMETERS,
                whole.law(LawQuantity.PARAMETERS).orElseThrow(),
                LawQuantity.TOKENS,
                whole.law(LawQuantity.TOKENS).orElseThrow()));
    SweepPair pair = pair(whole, lossless);

    assertThat(pair.readings())
        .filteredOn(reading -> reading.subject() == LawQuantity.LOSS)
        .hasSize(2)
        .extracting(RuleVerdict::verdict)
        .extracting(Verdict::why)
        .containsOnly("lossless has no law of loss to compare; fit it alone to see why");
    assertThat(pair.findings()).extracting(Finding::reason).contains("NoLaw");
  }

  @Test
  void aLossThatRisesIsNoVerdictButSaysSo() {
    SweepPair pair =
        pair(
            sweep("falls", 0, 4, 1, c -> 50 * StrictMath.pow(c, -.05)),
            sweep("rises", 0, 4, 1, c -> .1 * StrictMath.pow(c, .05)));

    assertThat(pair.readings())
        .filteredOn(reading -> reading.rule() == ComparisonRule.PIPELINE)
        .extracting(reading -> reading.verdict().why())
        .containsExactly("loss does not fall with compute in rises");
  }

  @Test
  void oneSweepGivenTwiceIsSaidToBeOne() {
    assertThat(pair(sweep("a", 0, 4, 1), sweep("b", 0, 4, 1)).findings())
        .extracting(Finding::reason)
        .containsExactly("SamePoints");
    assertThat(pair(sweep("a", 0, 4, 1), sweep("b", 0, 4, 2)).findings()).isEmpty();
  }

  @Test
  void lawsKnownByNumbersOnlyCannotBeCutToTheCommonBudgets() {
    ComparedLaw printed =
        new ComparedLaw.Printed(
            2,
            -.03,
            OptionalDouble.empty(),
            List.of(1e16, 1e17, 1e18, 1e19),
            Optional.of(new Interval(-.031, -.029)),
            .95,
            OptionalInt.of(4));
    ComparedSweep paper =
        new ComparedSweep("paper", Optional.empty(), Map.of(LawQuantity.LOSS, printed));

    assertThat(pair(paper, sweep("ours", 1, 6, 1)).readings())
        .filteredOn(reading -> reading.rule() == ComparisonRule.PIPELINE)
        .extracting(reading -> reading.verdict().why())
        .containsExactly(
            "paper: its law reaches beyond the common budgets, 1e17 to 1e19, and cannot be fitted"
                + " to these alone, as only its numbers are known; give its points");
  }

  private static SweepPair pair(ComparedSweep first, ComparedSweep second) {
    return Comparison.of(List.of(first, second), .95).pairs().get(0);
  }

  private static ComparedSweep sweep(String name, int from, int to, long seed) {
    return sweep(name, from, to, seed, CommonBudgetsTest::levelling);
  }

  private static ComparedSweep sweep(
      String name, int from, int to, long seed, DoubleUnaryOperator loss) {
    CounterRandom random = new CounterRandom(seed, 5);
    double[] budgets = Arrays.copyOfRange(BUDGETS, from, to);
    List<TrainedPoint> points = new ArrayList<>();
    for (TrainedPoint point : Sweeps.parabolic(budgets, 7, 8, CommonBudgetsTest::bent, loss)) {
      double noise = 2e-4 * random.nextGaussian();
      points.add(point.withLoss(Measurement.of(point.loss().value() + noise)));
    }
    return ComparedSweep.of(name, new LawFitter(1).fit(points, OPTIONS));
  }

  /** A loss that levels off, so that one and the same truth is steeper at small budgets. */
  private static double levelling(double flops) {
    return 1 + 50 * StrictMath.pow(flops, -.1);
  }

  /** N* of a truth that bends. */
  private static double bent(double flops) {
    double x = StrictMath.log(flops);
    return StrictMath.exp(.5 * x - .003 * x * x);
  }
}
