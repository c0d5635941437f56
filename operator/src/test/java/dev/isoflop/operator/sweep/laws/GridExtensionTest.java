package dev.isoflop.operator.sweep.laws;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.status.BudgetStatus;
import dev.isoflop.api.v1alpha1.status.PredictionStatus;
import dev.isoflop.api.v1alpha1.sweep.LawsSpec;
import dev.isoflop.api.v1alpha1.sweep.PowerLawPrior;
import dev.isoflop.api.v1alpha1.training.LayerRange;
import dev.isoflop.operator.plan.Specs;
import dev.isoflop.operator.sweep.FakeTrial;
import dev.isoflop.operator.sweep.FakeWorld;
import dev.isoflop.operator.sweep.LossSurface;
import dev.isoflop.operator.sweep.observe.AttemptEnd;
import dev.isoflop.operator.sweep.state.Announcement;
import dev.isoflop.operator.sweep.state.ConditionType;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.TrialOutcome;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sizes beyond the grid where the optimum lies outside, and the model that checks the laws. */
class GridExtensionTest {
  private static final double CHECKED = 1e15;

  private static final Duration STEP = Duration.ofHours(2);

  /** Sizes around the optimum of the loss if the factor is 1. */
  private static Specs around(double factor) {
    Specs specs = Specs.small().withBudgets(1e13, 3e13, 1e14, 3e14);
    specs.layers = new LayerRange(1, 40);
    specs.centre = new PowerLawPrior(0.316 * factor, 0.5);
    specs.span = 4;
    specs.trialDeadline = "P99D";
    return specs;
  }

  private static FakeWorld run(Specs specs) {
    FakeWorld world = new FakeWorld(specs);
    settle(world);
    return world;
  }

  private static void settle(FakeWorld world) {
    for (int i = 0; !world.turn().settled(); i++) {
      assertThat(i).isLessThan(10_000);
      world.pass(STEP);
    }
  }

  private static Set<String> names(FakeWorld world) {
    return world.trials.keySet().stream().collect(toCollection(TreeSet::new));
  }

  private static int extra(FakeWorld world) {
    return world.trials.size() - world.plan().trials().size();
  }

  private static List<BudgetStatus> budgets(FakeWorld world) {
    return world.status.orElseThrow().budgets();
  }

  @Test
  void aGridAroundItsOptimaStaysAsItIs() {
    FakeWorld world = run(around(1));

    assertThat(extra(world)).isZero();
    assertThat(world.announcements).isEmpty();
    assertThat(budgets(world))
        .allSatisfy(budget -> assertThat(budget.interior()).isTrue())
        .allSatisfy(budget -> assertThat(budget.extraSizes()).isNull());
  }

  @Test
  void sizesAreAddedAboveUntilTheyEncloseTheOptimum() {
    followed(run(around(1 / 6.0)), "largest");
  }

  @Test
  void sizesAreAddedBelowUntilTheyEncloseTheOptimum() {
    followed(run(around(6)), "smallest");
  }

  private static void followed(FakeWorld world, String end) {
    assertThat(extra(world)).isPositive();
    assertThat(budgets(world))
        .allSatisfy(budget -> assertThat(budget.interior()).isTrue())
        .anySatisfy(budget -> assertThat(budget.extraSizes()).isBetween(1, 3));
    assertThat(budgets(world).stream().mapToInt(budget -> orZero(budget.extraSizes())).sum())
        .isEqualTo(extra(world));
    assertThat(world.announcements)
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .allSatisfy(
            told -> {
              assertThat(told.reason()).isEqualTo("GridExtended");
              assertThat(told.message())
                  .contains("the loss still falls at the " + end + " size")
                  .contains("scheduling.extraSizes");
            });
    assertThat(world.isTrue(ConditionType.Succeeded)).isTrue();
    assertThat(world.isTrue(ConditionType.Degraded)).isFalse();
    assertThat(world.message(ConditionType.Accepted)).contains("beyond the grid");
  }

  private static int orZero(@Nullable Integer number) {
    return Objects.requireNonNullElse(number, 0);
  }

  @Test
  void noneIsAddedWhereThatIsSwitchedOff() {
    Specs specs = around(1 / 6.0);
    specs.extraSizes = 0;
    FakeWorld world = run(specs);

    assertThat(extra(world)).isZero();
    assertThat(budgets(world)).anySatisfy(budget -> assertThat(budget.interior()).isFalse());
  }

  @Test
  void aSweepThatIsOverDoesNotGrowByItself() {
    Specs specs = around(1 / 6.0);
    specs.extraSizes = 0;
    FakeWorld world = run(specs);
    int trained = world.trials.size();

    // The default of a later version, and no edit of the spec.
    specs.extraSizes = 3;
    settle(world);
    assertThat(world.trials).hasSize(trained);
    assertThat(world.isTrue(ConditionType.Finished)).isTrue();

    world.generation++;
    settle(world);
    assertThat(world.trials).hasSizeGreaterThan(trained);
  }

  @Test
  void thereAreNeverMoreThanAllowed() {
    Specs specs = around(1 / 6.0);
    specs.extraSizes = 1;
    FakeWorld world = run(specs);

    assertThat(budgets(world))
        .allSatisfy(budget -> assertThat(orZero(budget.extraSizes())).isLessThanOrEqualTo(1))
        .anySatisfy(budget -> assertThat(budget.extraSizes()).isEqualTo(1))
        .anySatisfy(budget -> assertThat(budget.interior()).isFalse());
    assertThat(world.isTrue(ConditionType.Finished)).isTrue();
  }

  @Test
  void everyRepeatOfAnAddedSizeIsTrained() {
    Specs specs = around(1 / 6.0);
    specs.repeats = 2;
    FakeWorld world = run(specs);

    assertThat(extra(world)).isPositive().isEven();
    assertThat(world.counts().succeeded()).isEqualTo(world.trials.size());
  }

  @Test
  void whoeverTakesOverAmidAGrowthEndsAtTheSamePlace() {
    Specs specs = around(1 / 6.0);
    specs.repeats = 2;
    Set<String> undisturbed = names(run(specs));
    int[] growths = {0};
    for (int actions = 0; actions < 6; actions++) {
      FakeWorld world = new FakeWorld(specs);
      int broken = actions;
      for (int turn = 0; turn < 10_000; turn++) {
        if (!world.decide().announcements().isEmpty()) {
          growths[0]++;
          world.brokenTurn(broken);
        }
        if (world.turn().settled()) {
          break;
        }
        world.pass(STEP);
      }
      assertThat(names(world)).isEqualTo(undisturbed);
      assertThat(world.isTrue(ConditionType.Finished)).isTrue();
    }
    assertThat(growths[0]).isGreaterThan(6);
  }

  @Test
  void loweringTheLimitKeepsWhatExists() {
    FakeWorld world = run(around(1 / 6.0));
    Set<String> before = names(world);
    world.specs.extraSizes = 0;
    world.generation++;
    settle(world);

    assertThat(names(world)).isEqualTo(before);
    assertThat(world.isTrue(ConditionType.Degraded)).isFalse();
    assertThat(world.isTrue(ConditionType.Succeeded)).isTrue();
  }

  @Test
  void aLostTrialBeyondTheGridIsMadeAgain() {
    FakeWorld world = run(around(1 / 6.0));
    Set<String> before = names(world);
    Set<String> grid = new TreeSet<>();
    world.plan().trials().forEach(trial -> grid.add(trial.name()));
    world.trials.keySet().removeIf(name -> !grid.contains(name));
    settle(world);

    assertThat(names(world)).isEqualTo(before);
  }

  @Test
  void nothingIsAddedBeyondASizeThatDoesNotFit() {
    Specs specs = around(1 / 6.0);
    FakeWorld world = new FakeWorld(specs);
    world.turn();
    double budget = specs.budgets.get(0);
    String largest =
        world.plan().trials().stream()
            .filter(trial -> trial.budget() == budget)
            .max(Comparator.comparingLong(trial -> trial.shape().parameters()))
            .orElseThrow()
            .name();
    for (int i = 0; i < 10_000; i++) {
      FakeTrial trial = world.trial(largest);
      if (trial.live().isPresent()) {
        trial.result =
            Optional.of(
                LossSurface.result(
                    trial.planned,
                    TrialOutcome.excluded(OutcomeReason.OutOfMemory, "does not fit")));
        trial.end(world.now, new AttemptEnd.Exited(42));
      }
      if (world.turn().settled()) {
        break;
      }
      world.pass(STEP);
    }
    assertThat(world.counts().excluded()).isEqualTo(1);
    assertThat(budgets(world).get(0).extraSizes()).isNull();
    assertThat(budgets(world).get(0).optimum()).isNull();
  }

  @Test
  void theLawsAreCheckedByTheModelThatTheyPredict() {
    FakeWorld plain = run(around(1));
    FakeWorld world = run(checked(1));

    assertThat(extra(world)).isEqualTo(1);
    assertThat(world.announcements)
        .extracting(Announcement::reason)
        .containsExactly("PredictionInTraining");
    PredictionStatus prediction = prediction(world);
    assertThat(prediction.flops()).isEqualTo(CHECKED);
    double predicted = Objects.requireNonNull(prediction.parameters());
    assertThat(Objects.requireNonNull(prediction.measuredParameters()) / predicted)
        .isBetween(0.8, 1.25);
    assertThat(Objects.requireNonNull(prediction.measured()))
        .isBetween(
            0.98 * Objects.requireNonNull(prediction.loss()),
            1.02 * Objects.requireNonNull(prediction.loss()));
    assertThat(laws(world)).as("the check is not fitted").isEqualTo(laws(plain));
    assertThat(budgets(world)).isEqualTo(budgets(plain));
    assertThat(world.isTrue(ConditionType.Succeeded)).isTrue();
  }

  private static Specs checked(double factor) {
    Specs specs = around(factor);
    specs.laws = new LawsSpec(0.95, 20, false, List.of(), CHECKED);
    return specs;
  }

  private static PredictionStatus prediction(FakeWorld world) {
    return world.status.orElseThrow().predictions().get(0);
  }

  private static Object laws(FakeWorld world) {
    return world.status.map(ScalingSweepStatus::laws).orElseThrow();
  }

  @Test
  void theCheckComesLastAndIsKeptWhenTheSweepGrows() {
    FakeWorld world = new FakeWorld(checked(1 / 6.0));
    for (int i = 0; i < 10_000 && world.announcements.stream().noneMatch(this::checks); i++) {
      assertThat(world.isTrueYet(ConditionType.Finished)).isFalse();
      world.turn();
      world.pass(STEP);
    }
    long unended =
        world.trials.values().stream()
            .filter(trial -> trial.status.map(it -> it.outcome() == null).orElse(true))
            .count();
    assertThat(unended).isEqualTo(1);
    settle(world);
    Set<String> before = names(world);
    PredictionStatus measured = prediction(world);

    world.specs.withBudgets(3e12, 1e13, 3e13, 1e14, 3e14);
    world.generation++;
    settle(world);

    assertThat(names(world)).containsAll(before);
    assertThat(world.announcements.stream().filter(this::checks)).hasSize(1);
    assertThat(prediction(world).measured()).isEqualTo(measured.measured());
    assertThat(world.isTrue(ConditionType.Degraded)).isFalse();
  }

  private boolean checks(Announcement told) {
    return told.reason().equals("PredictionInTraining");
  }

  @Test
  void aCheckThatNoShapeCanMakeIsSaid() {
    Specs specs = around(1);
    specs.laws = new LawsSpec(0.95, 20, false, List.of(), 1e3);
    FakeWorld world = run(specs);

    assertThat(extra(world)).isZero();
    assertThat(world.reason(ConditionType.Degraded)).isEqualTo("PredictionNotTrained");
    assertThat(world.message(ConditionType.Degraded)).contains("laws.validatePrediction");
    assertThat(world.isTrue(ConditionType.Succeeded)).isTrue();
  }

  @Test
  void aSweepWithoutLawsTrainsNoCheck() {
    Specs specs = checked(1);
    specs.withBudgets(1e13, 3e13);
    FakeWorld world = run(specs);

    assertThat(extra(world)).isZero();
    assertThat(world.isTrue(ConditionType.Finished)).isTrue();
    assertThat(world.isTrue(ConditionType.LawsFitted)).isFalse();
  }
}
