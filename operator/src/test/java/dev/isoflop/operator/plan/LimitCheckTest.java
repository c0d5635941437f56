package dev.isoflop.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.SweepLimits;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.api.v1alpha1.sweep.LawsSpec;
import dev.isoflop.api.v1alpha1.training.LayerRange;
import dev.isoflop.metric.Metric;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LimitCheckTest {
  private static Specs specs(int budgets, int sizes, int extraSizes, int repeats) {
    Specs specs = Specs.small();
    specs.budgets =
        IntStream.range(0, budgets).mapToObj(i -> 1e12 * StrictMath.pow(10, i / 21.0)).toList();
    specs.layers = new LayerRange(1, 60);
    specs.trialsPerBudget = sizes;
    specs.extraSizes = extraSizes;
    specs.repeats = repeats;
    return specs;
  }

  private static Specs withBootstrap(Specs specs, int resamples) {
    specs.laws = new LawsSpec(0.95, resamples, false, List.of(), null);
    return specs;
  }

  @Test
  void refusesTheLargestGridThatItsFieldsAllow() {
    assertThat(specs(64, 64, 16, 16).refusal())
        .isEqualTo(
            "spec.grid: 64 budgets x (64 sizes + 16 of scheduling.extraSizes) x 16 repeats are"
                + " 81,920 trials, more than the 4,096 that a sweep may have; lower grid.repeats or"
                + " grid.trialsPerBudget, or spread the budgets over several sweeps");
  }

  @Test
  void takesItsOwnAdvice() {
    assertThat(specs(20, 10, 3, 16).refusal()).contains("lower grid.repeats to 15, or spread");
    assertThat(specs(20, 10, 3, 15).plan("mended").trials()).isNotEmpty();
    assertThat(specs(60, 64, 8, 1).refusal()).contains("lower grid.trialsPerBudget to 60, or");
    assertThat(specs(30, 60, 8, 1).plan("mended").trials()).isNotEmpty();
  }

  @Test
  void countsTheSizesThatMayJoin() {
    assertThat(SweepLimits.trials(specs(64, 4, 0, 16).build())).isEqualTo(Bounds.TRIALS);
    assertThat(specs(64, 4, 0, 16).plan("full").trials().size()).isEqualTo(Bounds.TRIALS);
    assertThat(specs(64, 4, 1, 16).refusals())
        .singleElement()
        .isInstanceOf(PlanError.TooManyTrials.class);
  }

  @Test
  void refusesMoreResamplesThanAFitHasTimeFor() {
    Specs specs = specs(40, 7, 3, 1);
    specs.metrics = List.of(Metric.ValidationLoss);
    long most = SweepLimits.resamples(specs.build());
    assertThat(most).isBetween(1_000L, (long) Bounds.RESAMPLES - 1);

    assertThat(withBootstrap(specs, (int) most + 1).refusal())
        .isEqualTo(
            "spec.laws.bootstrap: %s resamples of a sweep with so many budgets, trials and measurements take too long; give at most %s, or measure on fewer sets"
                .formatted(
                    PlanError.TooManyResamples.shown(most + 1),
                    PlanError.TooManyResamples.shown(most)));
    assertThat(withBootstrap(specs, (int) most).plan("mended").trials()).isNotEmpty();
  }

  @Test
  void theResamplesOfAManifestThatSaysNothingAreEnoughForEveryCommonSweep() {
    Specs specs = specs(12, 10, 3, 2);
    specs.metrics = List.of(Metric.ValidationLoss, Metric.FID, Metric.KID);
    assertThat(SweepLimits.resamples(specs.build())).isGreaterThan(1_000);
    assertThat(SweepLimits.resamples(specs(64, 4, 0, 16).build())).isGreaterThan(1_000);
    assertThat(SweepLimits.resamples(Specs.paper().build())).isGreaterThan(10_000);
  }
}
