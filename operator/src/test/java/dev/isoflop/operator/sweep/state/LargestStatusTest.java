package dev.isoflop.operator.sweep.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialSpec;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.api.v1alpha1.data.DataFormat;
import dev.isoflop.api.v1alpha1.data.DatasetSpec;
import dev.isoflop.api.v1alpha1.sweep.LawsSpec;
import dev.isoflop.api.v1alpha1.sweep.PowerLawPrior;
import dev.isoflop.api.v1alpha1.training.LayerRange;
import dev.isoflop.metric.Metric;
import dev.isoflop.metric.MetricValue;
import dev.isoflop.operator.manifest.Problem;
import dev.isoflop.operator.manifest.ResourceSchema;
import dev.isoflop.operator.plan.Specs;
import dev.isoflop.operator.sweep.FakeTrial;
import dev.isoflop.operator.sweep.FakeWorld;
import dev.isoflop.operator.sweep.LossSurface;
import dev.isoflop.operator.sweep.observe.AttemptEnd;
import dev.isoflop.operator.sweep.observe.AttemptObservation;
import dev.isoflop.operator.sweep.observe.MetricsHealth;
import dev.isoflop.trial.LeftOut;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.TrialOutcome;
import dev.isoflop.trial.TrialResult;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever a status holds, the schema of its CRD takes it. */
class LargestStatusTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LONG = "out of reach ".repeat(10_000).strip();
  private static final List<String> DATASETS =
      IntStream.range(0, 8).mapToObj(i -> i + "x".repeat(Bounds.DATASET - 1)).toList();

  /**
   * As many budgets, evaluation sets and metrics as a manifest may have, with the longest names.
   */
  private static Specs largest() {
    Specs specs = Specs.small();
    specs.budgets =
        IntStream.range(0, Bounds.BUDGETS)
            .mapToObj(i -> 1e12 * StrictMath.pow(10, i / 21.0))
            .toList();
    specs.trialsPerBudget = 4;
    specs.layers = new LayerRange(1, 60);
    specs.centre = new PowerLawPrior(0.316, 0.5);
    specs.maxParallel = 10_000;
    specs.extraSizes = 0;
    specs.evaluation =
        DATASETS.stream()
            .map(name -> new DatasetSpec(name, "scenes:solid", DataFormat.Scenes))
            .toList();
    specs.laws =
        new LawsSpec(
            0.95,
            5,
            true,
            IntStream.range(0, 32).mapToObj(i -> 1e16 * StrictMath.pow(2, i)).toList(),
            null);
    return specs;
  }

  private static TrialResult everythingMeasured(TrialResult result) {
    List<MetricValue> metrics = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      for (String dataset : DATASETS) {
        double value = Objects.requireNonNull(result.trainLoss()) * (1 + metrics.size());
        metrics.add(new MetricValue(metric, dataset, value, 1e-3, 256, "d".repeat(300)));
      }
    }
    return new TrialResult(
        result.trial(),
        result.key(),
        result.outcome(),
        result.parameters(),
        result.totalParameters(),
        result.steps(),
        result.samples(),
        result.tokens(),
        result.flops(),
        result.trainLoss(),
        metrics,
        result.trainingSeconds(),
        result.evaluationSeconds(),
        -1.0,
        LONG,
        9L << 40,
        Stream.concat(
                Stream.of("data.train"),
                IntStream.range(0, 8).mapToObj(i -> "data.evaluation[" + i + "]"))
            .map(field -> new LeftOut(field, "d".repeat(63), 1L << 40))
            .toList());
  }

  @Test
  void aSweepThatRunsAndEnds() {
    FakeWorld world = new FakeWorld(largest());
    world.slots = 10_000;
    world.metrics = new MetricsHealth.Unavailable(LONG);
    world.turn();
    world
        .trials
        .values()
        .forEach(
            trial ->
                trial.attempt =
                    new AttemptObservation.Running(
                        1, world.now, false, trial.live().orElseThrow().progress()));
    check(world);
    assertThat(world.message(ConditionType.MetricsAvailable)).endsWith("more characters)");

    world.trials.values().forEach(trial -> trial.work(Duration.ofDays(9_000), world.now));
    world
        .trials
        .values()
        .forEach(trial -> trial.result = trial.result.map(LargestStatusTest::everythingMeasured));
    world.turn();
    check(world);
    ScalingSweepStatus status = world.status.orElseThrow();
    assertThat(world.isTrue(ConditionType.LawsFitted)).isTrue();
    assertThat(status.budgets()).hasSize(Bounds.BUDGETS);
    assertThat(Objects.requireNonNull(status.laws()).metrics())
        .hasSizeGreaterThan(40)
        .hasSizeLessThanOrEqualTo(Bounds.METRICS);
    assertThat(status.predictions()).hasSize(33);
  }

  @Test
  void trialsThatFailAtLength() {
    FakeWorld world = new FakeWorld(largest());
    world.slots = 10_000;
    world.turn();
    int i = 0;
    for (FakeTrial trial : world.trials.values()) {
      TrialOutcome outcome =
          switch (i++ % 3) {
            case 0 -> TrialOutcome.failed(OutcomeReason.BadData, LONG);
            case 1 -> TrialOutcome.excluded(OutcomeReason.Diverged, LONG);
            default -> TrialOutcome.failed(OutcomeReason.Crashed, LONG);
          };
      trial.result =
          java.util.Optional.of(everythingMeasured(LossSurface.result(trial.planned, outcome)));
      trial.end(world.now, new AttemptEnd.Exited(i % 3 == 0 ? 1 : 42));
    }
    world.turn();
    check(world);
    assertThat(world.isTrue(ConditionType.Degraded)).isTrue();
    assertThat(world.trial(0).status.orElseThrow().message()).endsWith("more characters)");
  }

  @Test
  void aRefusalOfEveryBudget() {
    Specs specs = largest();
    specs.layers = new LayerRange(1, 2);
    FakeWorld world = new FakeWorld(specs);
    world.turn();
    check(world);
    assertThat(world.isTrue(ConditionType.Accepted)).isFalse();
    assertThat(world.message(ConditionType.Accepted))
        .hasSizeGreaterThan(Bounds.MESSAGE / 2)
        .containsPattern("; and \\d\\d more$");
  }

  @Test
  void manyWarnings() {
    Specs specs = largest();
    specs.trialsPerBudget = 60;
    FakeWorld world = new FakeWorld(specs);
    world.turn();
    check(world);
    assertThat(world.isTrue(ConditionType.Accepted)).isTrue();
    assertThat(world.message(ConditionType.Accepted)).containsPattern("; and \\d\\d more$");
  }

  private static void check(FakeWorld world) {
    ScalingSweep sweep = new ScalingSweep();
    sweep.setMetadata(new ObjectMetaBuilder().withName(FakeWorld.SWEEP).build());
    sweep.setSpec(world.specs.build());
    sweep.setStatus(world.status.orElseThrow());
    assertThat(problems(sweep, ScalingSweep.class)).isEmpty();
    assertThat(world.trials.values()).allSatisfy(trial -> check(trial));
  }

  private static void check(FakeTrial fake) {
    TrialStatus status = fake.status.orElse(null);
    if (status != null) {
      Trial trial = new Trial();
      trial.setMetadata(new ObjectMetaBuilder().withName(fake.planned.name()).build());
      trial.setSpec(
          new TrialSpec(FakeWorld.SWEEP, fake.planned.key(), fake.planned.experiment(), false));
      trial.setStatus(status);
      assertThat(problems(trial, Trial.class)).isEmpty();
    }
  }

  private static List<String> problems(
      CustomResource<?, ?> resource, Class<? extends CustomResource<?, ?>> type) {
    try {
      return ResourceSchema.of(type).check(JSON.readTree(Serialization.asJson(resource))).stream()
          .map(Problem::message)
          .toList();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
