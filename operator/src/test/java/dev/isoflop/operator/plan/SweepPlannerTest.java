package dev.isoflop.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.api.v1alpha1.sweep.GridShape;
import dev.isoflop.api.v1alpha1.sweep.PowerLawPrior;
import dev.isoflop.api.v1alpha1.training.LayerRange;
import dev.isoflop.model.FlopConvention;
import dev.isoflop.model.TransformerShape;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.trial.TrialKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SweepPlannerTest {

  @Test
  void spreadsThePapersSizesAroundThePriorOptimum() {
    SweepPlan plan = Specs.paper().plan("dit");

    PlannedBudget smallest = plan.budgets().get(0);
    assertThat(smallest.centre()).isCloseTo(4.076e6, within(1e3));
    assertThat(layers(smallest)).containsExactly(3, 4, 5, 6, 7, 8);
    PlannedBudget largest = plan.budgets().get(5);
    assertThat(largest.centre()).isCloseTo(41.709e6, within(1e3));
    assertThat(layers(largest)).containsExactly(5, 6, 7, 9, 10, 13, 15);
  }

  @Test
  void givesEachTrialTheStepsThatReachItsBudget() {
    Specs specs = Specs.small().withBudgets(1e10, 1e11, 1e12);
    specs.convention = FlopConvention.SixND;

    TrialExperiment trial =
        specs.plan("dit").trials().stream()
            .map(PlannedTrial::experiment)
            .filter(one -> one.budgetFlops() == 1e11 && one.shape().layers() == 4)
            .findFirst()
            .orElseThrow();

    // N = 4 (12 * 64^2 + 13 * 64) + 2 * 64 = 200,064; T = 16 + 7 + 1; 8 samples a step:
    // 1e11 / (6 * 200,064 * 24 * 8) = 433.9.
    assertThat(trial.shape().parameters()).isEqualTo(200_064);
    assertThat(trial.steps()).isEqualTo(434);
    assertThat(trial.tokens()).isEqualTo(434.0 * 8 * 24);
    assertThat(trial.flops()).isCloseTo(1e11, within(0.5 * 8 * 6 * 200_064 * 24));
  }

  @Test
  void addsUpWhatTheSweepWillCost() {
    SweepPlan plan = Specs.small().plan("dit");

    double flops = 0;
    double tokens = 0;
    for (PlannedTrial trial : plan.trials()) {
      TransformerShape shape = trial.shape();
      double samples = 8.0 * trial.experiment().steps();
      flops += samples * shape.trainingFlops();
      tokens += samples * 24;
    }
    assertThat(plan.flops()).isCloseTo(flops, within(1e-6 * flops));
    assertThat(plan.tokens()).isEqualTo(tokens);
    assertThat(plan.samples()).isEqualTo(tokens / 24);
    assertThat(plan.steps()).isEqualTo((long) (tokens / 24 / 8));
    assertThat(plan.flops()).isCloseTo(3 * 1e10 + 4 * 3e10 + 5 * 1e11 + 5 * 3e11, within(1e9));
  }

  @Test
  void keepsEveryTrialWhenASweepGrowsByABudget() {
    Map<String, String> before = keys(Specs.small().plan("dit"));
    Map<String, String> after =
        keys(Specs.small().withBudgets(1e12, 3e10, 2e10, 1e10, 3e11, 1e11).plan("dit"));

    assertThat(after).containsAllEntriesOf(before);
    assertThat(after.size()).isGreaterThan(before.size());
  }

  @Test
  void ordersBudgetsWhateverTheManifestsOrder() {
    SweepPlan plan = Specs.small().withBudgets(3e11, 1e10, 1e11).plan("dit");

    assertThat(plan.budgets()).extracting(PlannedBudget::flops).containsExactly(1e10, 1e11, 3e11);
  }

  @Test
  void repeatsEachPointUnderAnotherRepeatNumber() {
    Specs specs = Specs.small();
    specs.repeats = 3;

    List<PlannedTrial> ofOnePoint =
        specs.plan("dit").trials().stream()
            .filter(trial -> trial.budget() == 1e11 && trial.shape().layers() == 4)
            .toList();

    assertThat(ofOnePoint)
        .extracting(trial -> trial.experiment().repeat())
        .containsExactlyInAnyOrder(0, 1, 2);
    assertThat(ofOnePoint).extracting(PlannedTrial::key).doesNotHaveDuplicates();
    assertThat(ofOnePoint)
        .extracting(trial -> trial.experiment().training().seed())
        .containsOnly(0L);
  }

  @Test
  void keysEachTrialByItsExperiment() {
    assertThat(Specs.small().plan("dit").trials())
        .allSatisfy(trial -> assertThat(trial.key()).isEqualTo(TrialKey.of(trial.experiment())));
  }

  @Test
  void usesListedShapesInPlaceOfTheWidthRule() {
    Specs specs = Specs.small().withBudgets(1e11);
    specs.shapes = List.of(new GridShape(8, 48), new GridShape(2, 64), new GridShape(3, 32));

    assertThat(specs.plan("dit").budgets().get(0).shapes())
        .extracting(shape -> shape.layers() + "x" + shape.width())
        .containsExactly("3x32", "2x64", "8x48");
  }

  @Test
  void warnsOfFewBudgetsFewSizesAndFewSteps() {
    Specs specs = Specs.small().withBudgets(1e10, 3e10);
    specs.batchSize = 64;

    assertThat(specs.plan("dit").warnings())
        .extracting(PlanWarning::message)
        .anySatisfy(
            message ->
                assertThat(message).startsWith("spec.budgets: 2 budgets give curves but no laws"))
        .anySatisfy(
            message ->
                assertThat(message).contains("budget 1e10 has 3 of 5 sizes", "widen grid.span"))
        .anySatisfy(
            message ->
                assertThat(message)
                    .startsWith("spec.training.batchSize: 64 leaves 4 layers x 64 (200K) only 5 ")
                    .contains("at least 100"));
  }

  @Test
  void warnsOfSizesThatAllLieOnOneSideOfThePrior() {
    Specs specs = Specs.small().withBudgets(1e12);
    specs.layers = new LayerRange(3, 4 + 1);
    specs.centre = new PowerLawPrior(0.6, 0.5);

    assertThat(specs.plan("dit").warnings())
        .extracting(PlanWarning::message)
        .anySatisfy(
            message ->
                assertThat(message)
                    .contains(
                        "84.9K to 389K, all lie below the expected optimum 600K",
                        "allow larger shapes"));
  }

  @Test
  void warnsOfNothingWhenNothingIsWeak() {
    assertThat(Specs.paper().withBudgets(6e17, 1e18, 3e18, 6e18).plan("dit").warnings()).isEmpty();
  }

  private static List<Integer> layers(PlannedBudget budget) {
    return budget.shapes().stream().map(TransformerShape::layers).toList();
  }

  private static Map<String, String> keys(SweepPlan plan) {
    Map<String, String> keys = new HashMap<>();
    plan.trials().forEach(trial -> keys.put(trial.name(), trial.key()));
    return keys;
  }
}
