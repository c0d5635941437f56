package dev.isoflop.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.api.v1alpha1.sweep.PowerLawPrior;
import dev.isoflop.api.v1alpha1.training.LayerRange;
import dev.isoflop.model.FlopConvention;
import dev.isoflop.model.TransformerShape;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class SweepPlannerPropertiesTest {

  @Property(tries = 150)
  void aPlanHoldsItsPromisesOrIsRefusedWithARemedy(
      @ForAll @DoubleRange(min = 7, max = 16) double decades,
      @ForAll @DoubleRange(min = 0.1, max = 2) double apart,
      @ForAll @IntRange(min = 3, max = 9) int trialsPerBudget,
      @ForAll @IntRange(min = 1, max = 6) int fewestLayers,
      @ForAll @IntRange(min = 0, max = 20) int moreLayers,
      @ForAll @DoubleRange(min = 1, max = 30) double span,
      @ForAll @DoubleRange(min = 0.2, max = 0.8) double exponent,
      @ForAll @IntRange(min = 1, max = 3) int repeats,
      @ForAll FlopConvention convention) {
    Specs specs = Specs.small().withBudgets(Math.pow(10, decades), Math.pow(10, decades + apart));
    specs.trialsPerBudget = trialsPerBudget;
    specs.layers = new LayerRange(fewestLayers, fewestLayers + moreLayers);
    specs.span = span;
    specs.centre = new PowerLawPrior(1e5 / Math.pow(1e11, exponent), exponent);
    specs.repeats = repeats;
    specs.convention = convention;

    PlanResult result = new SweepPlanner().plan("property", specs.build());

    assertThat(new SweepPlanner().plan("property", specs.build())).isEqualTo(result);
    if (result instanceof PlanResult.Refused refused) {
      assertThat(refused.refusals())
          .allSatisfy(
              refusal -> {
                assertThat(refusal.message()).startsWith("spec.").contains(";");
                assertThat(refusal.remedy()).isNotBlank();
              });
    } else {
      check(((PlanResult.Planned) result).plan(), specs);
    }
  }

  private static void check(SweepPlan plan, Specs specs) {
    assertThat(plan.budgets()).hasSize(2);
    for (PlannedBudget budget : plan.budgets()) {
      List<Long> sizes = budget.shapes().stream().map(TransformerShape::parameters).toList();
      assertThat(sizes).hasSizeBetween(3, specs.trialsPerBudget).doesNotHaveDuplicates().isSorted();
      assertThat((double) sizes.get(0)).isGreaterThanOrEqualTo(budget.centre() / specs.span);
      assertThat((double) sizes.get(sizes.size() - 1))
          .isLessThanOrEqualTo(budget.centre() * specs.span);
      assertThat(plan.trials().stream().filter(trial -> trial.budget() == budget.flops()))
          .hasSize(sizes.size() * specs.repeats);
    }
    assertThat(plan.trials())
        .allSatisfy(
            trial -> {
              assertThat(trial.name()).matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
              double step = specs.batchSize * trial.shape().trainingFlops(specs.convention);
              assertThat(trial.experiment().flops())
                  .isCloseTo(trial.budget(), within(0.5000001 * step));
            });
    assertThat(plan.trials()).extracting(PlannedTrial::name).doesNotHaveDuplicates();
    assertThat(plan.trials()).extracting(PlannedTrial::key).doesNotHaveDuplicates();
  }

  @Property(tries = 30)
  void growingASweepNeverChangesATrial(
      @ForAll @DoubleRange(min = 10, max = 12.5) double further,
      @ForAll @LongRange(min = 0, max = 5) long seed) {
    Specs before = Specs.small();
    before.seed = seed;
    Specs after = Specs.small().withBudgets(1e10, 3e10, 1e11, 3e11, Math.pow(10, further));
    after.seed = seed;
    List<PlannedTrial> trials = before.plan("grown").trials();
    assertThat(trials).isNotEmpty();
    PlanResult grown = new SweepPlanner().plan("grown", after.build());
    Assume.that(grown instanceof PlanResult.Planned); // but where the further budget is one of them
    assertThat(((PlanResult.Planned) grown).plan().trials()).containsAll(trials);
  }
}
