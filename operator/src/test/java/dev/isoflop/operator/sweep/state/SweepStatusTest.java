package dev.isoflop.operator.sweep.state;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.status.BudgetStatus;
import dev.isoflop.api.v1alpha1.status.ComputeStatus;
import dev.isoflop.api.v1alpha1.status.LawStatus;
import dev.isoflop.api.v1alpha1.status.LawsStatus;
import dev.isoflop.api.v1alpha1.status.MetricLawStatus;
import dev.isoflop.api.v1alpha1.status.PredictionStatus;
import dev.isoflop.api.v1alpha1.status.TrialCounts;
import dev.isoflop.api.v1alpha1.sweep.LawsSpec;
import dev.isoflop.operator.plan.Specs;
import dev.isoflop.operator.sweep.FakeTrial;
import dev.isoflop.operator.sweep.FakeWorld;
import dev.isoflop.operator.sweep.decide.SweepDecision;
import dev.isoflop.operator.sweep.observe.AttemptEnd;
import dev.isoflop.operator.sweep.observe.MetricsHealth;
import dev.isoflop.operator.sweep.observe.SweepObservation;
import dev.isoflop.operator.sweep.observe.TrialObservation;
import dev.isoflop.operator.sweep.status.SweepCost;
import dev.isoflop.trial.TrialJson;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SweepStatusTest {

  @Test
  void announcesTheGridAndItsCostBeforeAnythingRuns() {
    FakeWorld world = FakeWorld.small();
    world.slots = 0;
    world.turn();

    assertThat(world.counts()).isEqualTo(new TrialCounts(17, 17, 0, 0, 0, 0, "0/17"));
    assertThat(compute(world).plannedFlops()).isEqualTo(world.plan().flops());
    assertThat(compute(world).spentFlops()).isZero();
    assertThat(compute(world).estimatedCompletion()).isNull();
    assertThat(world.isTrue(ConditionType.Accepted)).isTrue();
    assertThat(world.message(ConditionType.Accepted))
        .startsWith("17 trials at 4 budgets, 2.15e12 FLOPs; spec.grid: budget 1e10 has 3 of 5");
    assertThat(world.reason(ConditionType.Progressing)).isEqualTo("WaitingForSlots");
    assertThat(world.reason(ConditionType.LawsFitted)).isEqualTo("Waiting");
    assertThat(status(world).budgets())
        .hasSize(4)
        .allSatisfy(budget -> assertThat(budget.message()).startsWith("0 of "));
  }

  @Test
  void countsEveryTrialExactlyOnceAllAlong() {
    FakeWorld world = FakeWorld.small();
    SweepDecision decision;
    do {
      decision = world.turn();
      TrialCounts counts = world.counts();
      assertThat(
              counts.queued()
                  + counts.running()
                  + counts.succeeded()
                  + counts.excluded()
                  + counts.failed())
          .isEqualTo(counts.planned());
      assertThat(counts.running()).isEqualTo((int) world.live());
      world.pass(Duration.ofSeconds(20));
    } while (!decision.settled());
    assertThat(world.counts().summary()).isEqualTo("17/17");
  }

  @Test
  void addsUpSpentFlopsAndHours() {
    FakeWorld world = FakeWorld.small();
    world.runToSettled();

    double seconds =
        world.trials.values().stream()
            .mapToDouble(trial -> trial.status.orElseThrow().runningSeconds())
            .sum();
    assertThat(compute(world).acceleratorHours()).isCloseTo(seconds / 3600, within(1e-9));
    assertThat(compute(world).spentFlops())
        .isCloseTo(world.plan().flops(), within(1e-9 * world.plan().flops()));
    assertThat(compute(world).estimatedCompletion()).isNull();
  }

  @Test
  void countsTheProgressOfRunningTrialsAsSpent() {
    FakeWorld world = FakeWorld.small();
    world.slots = 1;
    world.turn();
    FakeTrial trial = world.trial(0);
    world.pass(Duration.ofSeconds(4));
    world.turn();

    double ratio = 4 / trial.totalSeconds();
    double expected = ratio * trial.planned.experiment().flops();
    assertThat(compute(world).spentFlops()).isCloseTo(expected, within(0.005 * expected));
    assertThat(compute(world).acceleratorHours()).isCloseTo(4.0 / 3600, within(1e-5));
  }

  @Test
  void foreseesItsEnd() {
    FakeWorld world = FakeWorld.small();
    world.turn();
    for (int i = 0; i < 20; i++) {
      world.pass(Duration.ofSeconds(5));
      world.turn();
    }
    Instant foreseen = Instant.parse(requireNonNull(compute(world).estimatedCompletion()));
    Instant asked = world.now;
    world.runToSettled();

    double error = Duration.between(world.now, foreseen).abs().toSeconds();
    assertThat(error).isLessThan(0.15 * Duration.between(asked, world.now).toSeconds());
  }

  @Test
  void fitsProvisionallyOnceThreeCurvesAreCompleteAndFinallyAtTheEnd() {
    FakeWorld world = FakeWorld.small();
    world.slots = 1;
    boolean provisional = false;
    while (!world.turn().settled()) {
      boolean laws = status(world).laws() != null;
      long complete =
          status(world).budgets().stream().filter(budget -> budget.optimum() != null).count();
      assertThat(laws).isEqualTo(complete >= 3);
      if (laws) {
        provisional = true;
        assertThat(world.reason(ConditionType.LawsFitted)).isEqualTo("Provisional");
        assertThat(world.message(ConditionType.LawsFitted)).contains("from 3 of 4 budgets");
      } else {
        assertThat(world.isTrue(ConditionType.LawsFitted)).isFalse();
      }
      assertThat(world.isTrue(ConditionType.Succeeded)).isFalse();
      world.pass(Duration.ofSeconds(20));
    }
    assertThat(provisional).isTrue();
    assertThat(world.reason(ConditionType.LawsFitted)).isEqualTo("Fitted");
    assertThat(world.message(ConditionType.LawsFitted))
        .matches("N\\* = .* C\\^0\\.4.*, D\\* = .*, loss = .* from 4 of 4 budgets");
    assertThat(world.isTrue(ConditionType.Succeeded)).isTrue();
  }

  @Test
  void reportsTheLawsOfItsSurface() {
    FakeWorld world = FakeWorld.small();
    world.runToSettled();

    LawsStatus laws = requireNonNull(status(world).laws());
    LawStatus parameters = requireNonNull(laws.parameters());
    assertThat(parameters.exponent()).isCloseTo(0.5, within(0.05));
    LawStatus tokens = requireNonNull(laws.tokens());
    assertThat(tokens.exponent()).isCloseTo(0.5, within(0.05));
    LawStatus samples = requireNonNull(laws.samples());
    assertThat(samples.exponent()).isCloseTo(tokens.exponent(), within(1e-9));
    assertThat(tokens.coefficient() / samples.coefficient()).isCloseTo(24, within(1e-6));
    assertThat(requireNonNull(laws.loss()).exponent()).isNegative();
    assertThat(parameters.points()).isEqualTo(4);
    assertThat(requireNonNull(parameters.studentInterval()).exponent().lower())
        .isLessThan(parameters.exponent());
    assertThat(parameters.interval()).isNotNull();
    assertThat(laws.provenance().inputDigest()).startsWith("sha256:");
    assertThat(laws.provenance().software()).isEqualTo("isoflop test");
    assertThat(status(world).budgets())
        .allSatisfy(
            budget -> {
              assertThat(budget.used()).isEqualTo(budget.trials());
              assertThat(budget.interior()).isTrue();
              assertThat(budget.message()).isNull();
              assertThat(requireNonNull(budget.optimum()).samples())
                  .isCloseTo(budget.optimum().tokens() / 24, within(1e-6));
            });
  }

  @Test
  void comparesTheFurtherEvaluationSetsWithTheFirst() {
    FakeWorld world = FakeWorld.small();
    world.runToSettled();

    LawsStatus laws = requireNonNull(status(world).laws());
    MetricLawStatus sketched = laws.metrics().get(0);
    assertThat(laws.metrics()).hasSize(1);
    assertThat(sketched.dataset()).isEqualTo("sketched");
    assertThat(requireNonNull(sketched.offsetFrom()).dataset()).isEqualTo("scenes");
    assertThat(sketched.offsetFrom().slopeDifference()).isCloseTo(0, within(1e-4));
    double first = requireNonNull(laws.loss()).coefficient();
    assertThat(sketched.law().coefficient()).isCloseTo(1.1 * first, within(0.01 * first));
  }

  @Test
  void predictsTheBudgetsAskedFor() {
    Specs specs = Specs.small();
    specs.laws = new LawsSpec(0.95, 20, false, List.of(3e12), null);
    FakeWorld world = new FakeWorld(specs);
    world.runToSettled();

    PredictionStatus prediction = status(world).predictions().get(0);
    assertThat(prediction.flops()).isEqualTo(3e12);
    assertThat(prediction.extrapolationFactor()).isCloseTo(10, within(1e-6));
    assertThat(prediction.samples())
        .isCloseTo(requireNonNull(prediction.tokens()) / 24, within(1e-3));
    assertThat(prediction.measured()).isNull();
    assertThat(requireNonNull(prediction.interval()).lower())
        .isLessThan(requireNonNull(prediction.loss()));
  }

  @Test
  void predictsTheBudgetThatIsHeldOutAndShowsWhatWasMeasuredThere() {
    Specs specs = Specs.small();
    specs.laws = new LawsSpec(0.95, 20, true, List.of(), null);
    FakeWorld world = new FakeWorld(specs);
    world.runToSettled();

    assertThat(requireNonNull(requireNonNull(status(world).laws()).parameters()).points())
        .isEqualTo(3);
    PredictionStatus heldOut = status(world).predictions().get(0);
    BudgetStatus largest = status(world).budgets().get(3);
    assertThat(heldOut.flops()).isEqualTo(3e11);
    assertThat(heldOut.measured()).isEqualTo(requireNonNull(largest.optimum()).loss());
    assertThat(heldOut.loss()).isCloseTo(heldOut.measured(), within(0.3));
  }

  @Test
  void saysWhyABudgetHasNoOptimumAndCarriesItIntoTheFindings() {
    FakeWorld world = FakeWorld.small();
    world.slots = 20;
    world.specs.maxParallel = 20;
    world.turn();
    world.trials.values().stream()
        .filter(trial -> trial.planned.budget() == 1e11)
        .limit(3)
        .forEach(trial -> trial.end(world.now, new AttemptEnd.OutOfMemory("OOMKilled")));
    world.runToSettled();

    BudgetStatus budget = status(world).budgets().get(2);
    assertThat(budget.trials()).isEqualTo(5);
    assertThat(budget.used()).isEqualTo(2);
    assertThat(budget.optimum()).isNull();
    assertThat(budget.message()).contains("a parabola needs 3");
    assertThat(requireNonNull(status(world).laws()).findings()).contains(budget.message());
    assertThat(world.message(ConditionType.Degraded))
        .contains("(OutOfMemory)")
        .endsWith("excluded from the fits");
    assertThat(world.isTrue(ConditionType.Succeeded)).isTrue();
  }

  @Test
  void saysThatASweepWithoutLawsDidNotSucceed() {
    FakeWorld world = FakeWorld.small();
    world.specs.withBudgets(1e10, 1e11);
    world.runToSettled();

    assertThat(world.isTrue(ConditionType.Finished)).isTrue();
    assertThat(world.reason(ConditionType.LawsFitted)).isEqualTo("Refused");
    assertThat(world.message(ConditionType.LawsFitted)).contains("a law needs 3");
    assertThat(world.isTrue(ConditionType.Succeeded)).isFalse();
    assertThat(world.reason(ConditionType.Succeeded)).isEqualTo("LawsRefused");
    assertThat(status(world).budgets())
        .allSatisfy(budget -> assertThat(budget.optimum()).isNotNull());
  }

  @Test
  void keepsTheTimeOfTheLastTransition() {
    FakeWorld world = FakeWorld.small();
    world.turn();
    world.pass(Duration.ofSeconds(30));
    world.generation = 2;
    world.turn();

    Condition accepted = ConditionType.Accepted.in(status(world).conditions()).orElseThrow();
    assertThat(accepted.getLastTransitionTime()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(accepted.getObservedGeneration()).isEqualTo(2);
    world.runToSettled();
    Condition finished = ConditionType.Finished.in(status(world).conditions()).orElseThrow();
    assertThat(finished.getLastTransitionTime()).isEqualTo(world.now.toString());
  }

  @Test
  void changesNothingWhenNothingChanges() {
    FakeWorld world = FakeWorld.small();
    world.runToSettled();
    ScalingSweepStatus before = status(world);
    world.pass(Duration.ofDays(3));

    SweepDecision later = world.turn();

    assertThat(later.actions()).isEmpty();
    assertThat(later.lookAgain()).isEmpty();
    assertThat(status(world)).isEqualTo(before);
  }

  @Test
  void doesNotDependOnTheOrderOfTheObservedTrials() {
    FakeWorld world = FakeWorld.small();
    world.turn();
    world.pass(Duration.ofSeconds(60));
    SweepObservation observed = world.observe();
    List<TrialObservation> reversed = new ArrayList<>(observed.trials());
    Collections.reverse(reversed);

    SweepDecision decision =
        world.decider.decide(
            new SweepObservation(
                observed.name(),
                observed.generation(),
                observed.spec(),
                observed.plan(),
                observed.status(),
                reversed,
                observed.unavailable(),
                observed.slots(),
                observed.window(),
                observed.metrics(),
                observed.stopRequested(),
                observed.retry(),
                observed.now()));

    assertThat(decision).isEqualTo(world.decide());
  }

  @Test
  void survivesTheWayThroughJsonUnchanged() throws JsonProcessingException {
    FakeWorld world = FakeWorld.small();
    world.runToSettled();

    String json = TrialJson.MAPPER.writeValueAsString(status(world));

    assertThat(json).doesNotContain("NaN", "Infinity");
    assertThat(TrialJson.MAPPER.readValue(json, ScalingSweepStatus.class)).isEqualTo(status(world));
  }

  @Test
  void tellsWhatIsKnownOfTheMetrics() {
    FakeWorld world = FakeWorld.small();
    world.turn();
    assertThat(world.reason(ConditionType.MetricsAvailable)).isEqualTo("NotCollected");
    world.metrics = new MetricsHealth.Available();
    world.turn();
    assertThat(world.isTrue(ConditionType.MetricsAvailable)).isTrue();
    world.metrics = new MetricsHealth.Unavailable("http://prometheus:9090 answered 503");
    world.turn();
    assertThat(world.isTrue(ConditionType.MetricsAvailable)).isFalse();
    assertThat(world.message(ConditionType.MetricsAvailable))
        .isEqualTo("http://prometheus:9090 answered 503; results are not affected");
  }

  @Test
  void countsAcceleratorsOfAnyVendorAndSlotsWithoutThem() {
    assertThat(SweepCost.accelerators(null)).isEqualTo(1);
    assertThat(SweepCost.accelerators(Map.of("cpu", "8"))).isEqualTo(1);
    assertThat(SweepCost.accelerators(Map.of("nvidia.com/gpu", "4"))).isEqualTo(4);
    assertThat(SweepCost.accelerators(Map.of("google.com/tpu", "2"))).isEqualTo(2);
    assertThat(SweepCost.accelerators(Map.of("memory", "32Gi", "nvidia.com/mig-1g.5gb", "1")))
        .isEqualTo(1);
  }

  private static ScalingSweepStatus status(FakeWorld world) {
    return world.status.orElseThrow();
  }

  private static ComputeStatus compute(FakeWorld world) {
    return Optional.ofNullable(status(world).compute()).orElseThrow();
  }
}
