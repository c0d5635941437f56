package dev.isoflop.operator.kubernetes.reconcile;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.sweep.CollectionSpec;
import dev.isoflop.api.v1alpha1.sweep.SchedulingSpec;
import dev.isoflop.api.v1alpha1.training.LayerRange;
import dev.isoflop.operator.kubernetes.FailingCluster;
import dev.isoflop.operator.kubernetes.FakeKubelet.End;
import dev.isoflop.operator.kubernetes.RefusingCluster;
import dev.isoflop.operator.kubernetes.Simulation;
import dev.isoflop.operator.kubernetes.SmallSweeps;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.plan.Specs;
import dev.isoflop.operator.sweep.state.ConditionType;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.OutcomeType;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sweep on a cluster where things go wrong. */
class SweepFaultsTest {
  private final Specs specs = SmallSweeps.limited();
  private final Simulation simulation = new Simulation(specs);
  private final String first = planned(specs).get(0).name();

  private static List<PlannedTrial> planned(Specs specs) {
    return specs.plan("sweep").trials();
  }

  private TrialStatus status(String trial) {
    return status(simulation, trial);
  }

  private static TrialStatus status(Simulation of, String trial) {
    return of.trials().stream()
        .filter(found -> found.getMetadata().getName().equals(trial))
        .map(found -> Objects.requireNonNull(found.getStatus()))
        .findFirst()
        .orElseThrow();
  }

  private void finish() {
    simulation.runToFinish().checkPromises();
  }

  private void checkAllSucceeded() {
    assertThat(Objects.requireNonNull(simulation.status().trials()).succeeded()).isEqualTo(9);
    assertThat(simulation.isTrue(ConditionType.Succeeded)).isTrue();
  }

  @Test
  void anEvictionTouchesNoBudgetAndTheSameJobGoesOn() {
    simulation.kubelet.script(first, End.IsEvicted, End.IsEvicted, End.IsEvicted, End.IsEvicted);
    finish();
    checkAllSucceeded();
    assertThat(status(first).attempt()).isEqualTo(1);
    assertThat(status(first).failures()).isZero();
  }

  @Test
  void aFailedAttemptIsTriedAgainWithinTheBudgetAndNotBeyond() {
    simulation.kubelet.script(first, End.Fails, End.Fails);
    String second = planned(specs).get(1).name();
    simulation.kubelet.script(second, End.Fails, End.Fails, End.Fails);
    finish();
    assertThat(status(first).failures()).isEqualTo(2);
    assertThat(status(first).attempt()).isEqualTo(3);
    assertThat(Objects.requireNonNull(status(first).outcome()).type())
        .isEqualTo(OutcomeType.Succeeded);
    assertThat(Objects.requireNonNull(status(second).outcome()).type())
        .isEqualTo(OutcomeType.Failed);
    assertThat(simulation.condition(ConditionType.Degraded).getReason()).isEqualTo("TrialsFailed");
  }

  @Test
  void exit42EndsTheTrialAtOnce() {
    simulation.kubelet.script(first, End.GivesUp);
    finish();
    assertThat(status(first).attempt()).isEqualTo(1);
    assertThat(Objects.requireNonNull(status(first).outcome()).type())
        .isEqualTo(OutcomeType.Failed);
  }

  @Test
  void aKillAtTheMemoryLimitExcludesTheTrialAtOnce() {
    simulation.kubelet.script(first, End.RunsOutOfMemory);
    finish();
    assertThat(status(first).attempt()).isEqualTo(1);
    assertThat(Objects.requireNonNull(status(first).outcome()).reason())
        .isEqualTo(OutcomeReason.OutOfMemory);
  }

  @Test
  void aLossThatIsNoNumberExcludesTheTrialAtOnceAndTheLawsStand() {
    simulation.kubelet.script(first, End.Diverges);
    finish();
    assertThat(status(first).attempt()).isEqualTo(1);
    assertThat(Objects.requireNonNull(status(first).outcome()).type())
        .isEqualTo(OutcomeType.Excluded);
    assertThat(Objects.requireNonNull(status(first).outcome()).reason())
        .isEqualTo(OutcomeReason.Diverged);
    assertThat(simulation.condition(ConditionType.Degraded).getReason())
        .isEqualTo("TrialsExcluded");
    assertThat(simulation.isTrue(ConditionType.Finished)).isTrue();
  }

  @Test
  void aWorkerThatNeverEndsFailsAtItsDeadlineAndNotBefore() {
    specs.trialDeadline = "PT10M";
    Simulation slow = new Simulation(specs);
    slow.kubelet.script(first, End.NeverEnds);
    slow.runToFinish().checkPromises();
    TrialStatus hung = status(slow, first);
    assertThat(Objects.requireNonNull(hung.outcome()).reason())
        .isEqualTo(OutcomeReason.DeadlineExceeded);
    assertThat(hung.runningSeconds()).isBetween(600.0, 630.0);
    assertThat(Objects.requireNonNull(slow.status().trials()).succeeded()).isEqualTo(8);
  }

  @Test
  void timeInAQueueIsNoRunningTimeAlsoWhenTheAttemptIsStopped() {
    specs.trialDeadline = "PT10M";
    Simulation queued = new Simulation(specs);
    String second = planned(specs).get(1).name();
    queued.kubelet.script(first, End.NeverStarts).script(second, End.NeverEnds);
    queued.run(3);
    TrialStatus working = status(queued, second);
    assertThat(working.attempt()).isEqualTo(1);
    queued.run(100);
    suspend(queued, true);
    queued.run(10);
    assertThat(status(queued, first).runningSeconds()).isZero();
    assertThat(status(queued, first).outcome()).isNull();
    suspend(queued, false);
    queued.runToFinish().checkPromises();
    assertThat(Objects.requireNonNull(status(queued, first).outcome()).type())
        .isEqualTo(OutcomeType.Succeeded);
  }

  @Test
  void whatAnAttemptRanCountsOnceItIsStopped() {
    specs.trialDeadline = "PT10M";
    Simulation stopped = new Simulation(specs);
    stopped.kubelet.script(first, End.NeverEnds, End.NeverEnds);
    stopped.run(50);
    suspend(stopped, true);
    stopped.run(10);
    double before = status(stopped, first).runningSeconds();
    assertThat(before).isBetween(200.0, 260.0);
    stopped.run(10);
    assertThat(status(stopped, first).runningSeconds()).isEqualTo(before);
    suspend(stopped, false);
    stopped.runToFinish().checkPromises();
    TrialStatus failed = status(stopped, first);
    assertThat(Objects.requireNonNull(failed.outcome()).reason())
        .isEqualTo(OutcomeReason.DeadlineExceeded);
    assertThat(failed.runningSeconds()).isBetween(600.0, 630.0);
  }

  private void suspend(Simulation of, boolean suspend) {
    specs.suspend = suspend;
    edit(of);
  }

  private void edit(Simulation of) {
    ScalingSweep sweep = of.sweep();
    sweep.setSpec(specs.build());
    of.memory.edit(sweep);
  }

  @Test
  void aResultThatWasLostOnItsWayIsFetchedByAnotherAttemptWithoutTrainingAgain() {
    simulation.kubelet.script(first, End.LosesItsMessage, End.WritesGarbage);
    finish();
    checkAllSucceeded();
    assertThat(status(first).attempt()).isEqualTo(3);
  }

  @Test
  void aPodThatFindsNoNodeIsToldOfAndHoldsUpNobodyElse() {
    simulation.kubelet.script(first, End.NeverStarts);
    simulation.run(30);
    assertThat(simulation.condition(ConditionType.Progressing).getMessage())
        .contains("1 of those running waits: " + first)
        .contains("Insufficient nvidia.com/gpu");
    assertThat(Objects.requireNonNull(simulation.status().trials()).succeeded()).isEqualTo(8);
    assertThat(status(first).failures()).isZero();
  }

  @Test
  void aDeletedJobIsMadeAgain() {
    simulation.run(3);
    List<Job> running = simulation.memory.jobs();
    assertThat(running).isNotEmpty();
    running.forEach(simulation.memory::remove);
    finish();
    checkAllSucceeded();
  }

  @Test
  void aDeletedTrialIsMadeAgainAndNotTrainedAgain() {
    simulation.run(12);
    String ended =
        simulation.trials().stream()
            .filter(trial -> trial.getStatus().outcome() != null)
            .findFirst()
            .orElseThrow()
            .getMetadata()
            .getName();
    simulation.trials().stream()
        .filter(trial -> trial.getMetadata().getName().equals(ended))
        .forEach(simulation.memory::remove);
    finish();
    checkAllSucceeded();
  }

  @Test
  void aSuspendedSweepStopsItsWorkersAndGoesOnLater() {
    simulation.run(3);
    edit(true, specs.maxParallel);
    simulation.run(5);
    assertThat(simulation.memory.jobs()).noneMatch(SweepFaultsTest::live);
    assertThat(simulation.condition(ConditionType.Progressing).getReason()).isEqualTo("Suspended");
    edit(false, specs.maxParallel);
    finish();
    checkAllSucceeded();
    assertThat(simulation.trials())
        .allSatisfy(trial -> assertThat(trial.getStatus().failures()).isZero());
  }

  private static boolean live(Job job) {
    return job.getStatus() == null || job.getStatus().getConditions().isEmpty();
  }

  private void edit(boolean suspend, int parallel) {
    specs.suspend = suspend;
    specs.maxParallel = parallel;
    edit(simulation);
  }

  @Test
  void parallelismMayBeRaisedWhileTheSweepRuns() {
    simulation.run(3);
    assertThat(simulation.kubelet.mostAtOnce).isEqualTo(2);
    edit(false, 5);
    simulation.run(3);
    assertThat(simulation.kubelet.mostAtOnce).isEqualTo(5);
    finish();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void callsThatFailOrComeTooLateLoseNothing(long seed) {
    Random random = new Random(seed);
    simulation.through(
        cluster ->
            new FailingCluster(
                cluster,
                (call, way) -> {
                  double chance = random.nextDouble();
                  if (chance < 0.08) {
                    throw new Simulation.OutageException("503");
                  }
                  if (chance < 0.12) {
                    throw new StaleViewException("409", new IllegalStateException());
                  }
                  if (chance < 0.14) {
                    throw new Simulation.Killed();
                  }
                }));
    finish();
    checkAllSucceeded();
  }

  @Test
  void anApiServerThatIsAwayForAMinuteCostsAMinute() {
    simulation.through(
        cluster ->
            new FailingCluster(
                cluster,
                (call, way) -> {
                  if (call > 30 && call < 42) {
                    throw new Simulation.OutageException("connection refused");
                  }
                }));
    finish();
    checkAllSucceeded();
  }

  @Test
  void aRefusedJobIsShownAndTriedAgainLater() {
    boolean[] quota = {true};
    simulation.through(
        cluster -> new RefusingCluster(cluster, () -> quota[0] ? "exceeded quota: gpus" : null));
    simulation.run(10);
    assertThat(simulation.condition(ConditionType.Progressing).getReason())
        .isEqualTo("WaitingForCluster");
    assertThat(simulation.condition(ConditionType.Progressing).getMessage())
        .contains("exceeded quota: gpus");
    quota[0] = false;
    finish();
    checkAllSucceeded();
  }

  @Test
  void aSecondOperatorThatActsOnTheSameViewDoesNoHarm() {
    for (int i = 0; i < 200 && !simulation.isTrue(ConditionType.Finished); i++) {
      simulation.turn();
      simulation.restart();
      simulation.turn();
      simulation.pass();
    }
    finish();
    checkAllSucceeded();
  }

  @Test
  void whatCannotBePlannedIsRefusedBeforeAnythingExists() {
    specs.layers = new LayerRange(12, 12);
    Simulation refused = new Simulation(specs);
    refused.run(3);
    assertThat(refused.condition(ConditionType.Accepted).getStatus()).isEqualTo("False");
    assertThat(refused.condition(ConditionType.Accepted).getMessage()).startsWith("spec.");
    assertThat(simulation.memory.jobs()).isEmpty();
    assertThat(refused.isTrue(ConditionType.Finished)).isTrue();
    assertThat(refused.memory.events())
        .as("one cause is told once")
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getType()).isEqualTo("Warning");
              assertThat(event.getNote())
                  .isEqualTo(refused.condition(ConditionType.Accepted).getMessage());
            });
  }

  @Test
  void anAddressOfPrometheusThatIsNoneIsRefusedWithItsField() {
    specs.collection = new CollectionSpec("http://a b", "PT15S");
    edit(simulation);
    simulation.run(2);
    assertThat(simulation.condition(ConditionType.Accepted).getMessage())
        .startsWith(
            "spec.collection.prometheusUrl: 'http://a b' does not have the right form; give")
        .contains("http://prometheus.monitoring:9090");
    assertThat(simulation.memory.jobs()).isEmpty();
  }

  @Test
  void aHostThatTheInstallationDoesNotAllowIsRefusedWithTheWayOut() {
    specs.collection = new CollectionSpec("http://169.254.169.254/latest", "PT15S");
    edit(simulation);
    simulation.run(2);
    Condition accepted = simulation.condition(ConditionType.Accepted);
    assertThat(accepted.getReason()).isEqualTo("AddressNotAllowed");
    assertThat(accepted.getMessage())
        .startsWith("spec.collection.prometheusUrl: is http://169.254.169.254/latest")
        .endsWith("the chart's value collection.allowedPrometheus");
    assertThat(simulation.memory.jobs()).isEmpty();
  }

  @Test
  void aPodTemplateThatIsNoneIsRefusedWithItsField() {
    SchedulingSpec usual = specs.build().scheduling();
    ScalingSweep sweep = simulation.sweep();
    sweep.setSpec(
        SmallSweeps.withScheduling(
            specs.build(),
            new SchedulingSpec(
                usual.maxParallel(),
                null,
                null,
                null,
                null,
                usual.trialDeadline(),
                usual.failures(),
                usual.extraSizes(),
                Map.of("spec", Map.of("nodeSelector", List.of("gpu"))))));
    simulation.memory.edit(sweep);
    simulation.run(2);
    assertThat(simulation.condition(ConditionType.Accepted).getMessage())
        .startsWith("spec.scheduling.podTemplate.spec.nodeSelector: is a list, not a mapping");
    assertThat(simulation.memory.jobs()).isEmpty();
  }

  /** As an operator finds sweeps of an older one that took the template. */
  @Test
  void workersOfATemplateThatIsNowForbiddenGoOnToTheirEnd() {
    simulation.run(3);
    Set<String> before = jobNames();
    assertThat(before).isNotEmpty();
    specs.podTemplate = Map.of("spec", Map.of("hostPID", true));
    edit(simulation);

    simulation.run(2);

    assertThat(simulation.condition(ConditionType.Accepted).getMessage())
        .isEqualTo(
            "spec.scheduling.podTemplate.spec.hostPID: is true, which takes the pod out of its"
                + " isolation; leave it out");
    assertThat(jobNames()).isEqualTo(before);
    specs.podTemplate = null;
    edit(simulation);
    simulation.runToFinish().checkPromises();
  }

  private Set<String> jobNames() {
    return simulation.memory.jobs().stream()
        .map(job -> job.getMetadata().getName())
        .collect(toSet());
  }

  @Test
  void growthBeyondTheGridIsToldByEvents() {
    Simulation growing = new Simulation(SmallSweeps.growing()).runToFinish();
    growing.checkPromises();

    List<Event> told =
        growing.memory.events().stream()
            .filter(event -> "ScalingSweep".equals(event.getRegarding().getKind()))
            .toList();
    assertThat(told)
        .filteredOn(event -> "GridExtended".equals(event.getReason()))
        .isNotEmpty()
        .allSatisfy(event -> assertThat(event.getNote()).contains("scheduling.extraSizes"));
    assertThat(told).extracting(Event::getReason).containsOnlyOnce("PredictionInTraining");
    assertThat(told)
        .filteredOn(event -> "PredictionMeasured".equals(event.getReason()))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.getNote())
                    .matches("1e15 FLOPs: loss 5.\\d+, predicted 5.\\d+ \\[5.*, 6.*\\]"));
    assertThat(growing.status().budgets())
        .anySatisfy(budget -> assertThat(budget.extraSizes()).isPositive());
  }

  @Test
  void nothingIsWrittenWhereNothingChanges() {
    finish();
    simulation.run(3);
    int writes = simulation.memory.writes;
    simulation.clock.pass(Duration.ofSeconds(30));
    simulation.turn();
    simulation.turn();
    assertThat(simulation.memory.writes).isEqualTo(writes);
  }

  @Test
  void eachTransitionIsToldOnce() {
    finish();
    Map<String, Long> told =
        simulation.memory.events().stream()
            .filter(event -> event.getRegarding().getKind().equals("ScalingSweep"))
            .collect(Collectors.groupingBy(Event::getReason, Collectors.counting()));
    assertThat(told)
        .containsEntry("Planned", 1L)
        .containsEntry("Completed", 1L)
        .containsEntry("AllTrialsEnded", 1L)
        .containsEntry("Fitted", 1L);
    long begun =
        simulation.memory.events().stream()
            .filter(event -> event.getRegarding().getKind().equals("Trial"))
            .filter(event -> event.getReason().equals("Running"))
            .count();
    assertThat(begun).isEqualTo(9);
  }

  @Test
  void aClockThatJumpsBackLosesNothing() {
    simulation.run(4);
    simulation.clock.pass(Duration.ofHours(-1));
    finish();
    checkAllSucceeded();
  }

  @Test
  void aVolumeThatCannotBeMountedHoldsTheSweepInTheNodesWordsUntilItIsThere() {
    List<String> names = planned(specs).stream().map(PlannedTrial::name).toList();
    names.forEach(name -> simulation.kubelet.script(name, End.NeverMounts));
    simulation.missing =
        "FailedMount: MountVolume.SetUp failed for volume \"token\" : secret \"hub\" not found";
    simulation.run(60);

    Condition degraded = simulation.condition(ConditionType.Degraded);
    assertThat(degraded.getReason()).isEqualTo("VolumeNotMounted");
    assertThat(degraded.getMessage())
        .contains("secret \"hub\" not found", "the volumes of scheduling.podTemplate");
    assertThat(simulation.condition(ConditionType.Progressing).getReason()).isEqualTo("Held");
    assertThat(simulation.memory.pods()).as("the probe").hasSize(1);
    String second = names.get(1);
    assertThat(status(second).failures()).isZero();
    assertThat(Objects.requireNonNull(status(second).block()).reason())
        .isEqualTo(OutcomeReason.VolumeNotMounted);

    simulation.missing = null;
    names.forEach(simulation.kubelet::release);
    simulation.kubelet.scripts.clear();
    finish();
    checkAllSucceeded();
  }

  @Test
  void aPodThatTakesLongForAnotherReasonHoldsNothing() {
    simulation.kubelet.script(first, End.NeverMounts);
    simulation.run(60);
    assertThat(simulation.condition(ConditionType.Progressing).getReason()).isNotEqualTo("Held");
    assertThat(Objects.requireNonNull(status(first).message()))
        .startsWith("its pod has not begun: ContainerCreating");
  }
}
