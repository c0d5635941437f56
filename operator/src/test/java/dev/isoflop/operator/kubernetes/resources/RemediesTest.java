package dev.isoflop.operator.kubernetes.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.operator.kubernetes.FailingCluster;
import dev.isoflop.operator.kubernetes.FakeKubelet.End;
import dev.isoflop.operator.kubernetes.RefusingCluster;
import dev.isoflop.operator.kubernetes.Simulation;
import dev.isoflop.operator.kubernetes.SmallSweeps;
import dev.isoflop.operator.kubernetes.reconcile.SweepChanges;
import dev.isoflop.operator.plan.Specs;
import dev.isoflop.operator.sweep.state.ConditionType;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.OutcomeType;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a user does about a sweep that waits, or about trials that failed, reaches them. */
class RemediesTest {
  private final Specs specs = SmallSweeps.limited();
  private final Simulation simulation = new Simulation(specs);
  private final String first = specs.plan("sweep").trials().get(0).name();
  private final String second = specs.plan("sweep").trials().get(1).name();

  private TrialStatus status(String name) {
    return status(simulation, name);
  }

  private static TrialStatus status(Simulation of, String name) {
    return Objects.requireNonNull(trial(of, name).getStatus());
  }

  private static Trial trial(Simulation of, String name) {
    return of.trials().stream()
        .filter(trial -> trial.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void edit() {
    ScalingSweep sweep = simulation.sweep();
    sweep.setSpec(specs.build());
    simulation.memory.edit(sweep);
  }

  private Job job(String trial) {
    return simulation.memory.jobs().stream()
        .filter(job -> trial.equals(job.getMetadata().getLabels().get(Labels.TRIAL)))
        .findFirst()
        .orElseThrow();
  }

  private void checkReplacedOnceAndNothingCharged() {
    simulation.run(4);
    assertThat(status(first).attempt()).isEqualTo(2);
    assertThat(simulation.memory.events())
        .filteredOn(event -> event.getReason().equals("Replaced"))
        .singleElement()
        .satisfies(event -> assertThat(event.getRegarding().getName()).isEqualTo(first));
    simulation.runToFinish().checkPromises();
    assertThat(status(first).failures()).isZero();
    assertThat(status(first).disruptions()).isZero();
    assertThat(status(first).attempt()).isEqualTo(2);
    assertThat(Objects.requireNonNull(simulation.status().trials()).succeeded()).isEqualTo(9);
  }

  /** One pod waits for a node, the other works. */
  private void waiting() {
    simulation.kubelet.script(first, End.NeverStarts).script(second, End.NeverEnds);
    simulation.run(4);
    assertThat(status(first).attempt()).isEqualTo(1);
    assertThat(status(second).attempt()).isEqualTo(1);
  }

  @Test
  void lowerResourcesReplaceAJobWhosePodFindsNoNodeAndNoOther() {
    waiting();
    String runs = job(second).getMetadata().getUid();
    specs.resources = Map.of("memory", "4Gi");
    edit();
    simulation.run(4);

    assertThat(job(first).getSpec().getTemplate().getSpec().getContainers().get(0).getResources())
        .satisfies(resources -> assertThat(resources.getLimits().get("memory")).hasToString("4Gi"));
    assertThat(job(second).getMetadata().getUid()).isEqualTo(runs);
    assertThat(status(second).attempt()).isEqualTo(1);
    simulation.kubelet.release(second);
    checkReplacedOnceAndNothingCharged();
  }

  @Test
  void anotherWorkerImageOfAnOperatorThatWasUpgradedDoesSoToo() {
    waiting();
    simulation.upgrade("worker:mended");
    simulation.kubelet.release(second);
    checkReplacedOnceAndNothingCharged();
  }

  @Test
  void aJobOfAFormerVersionThatHasNotBegunIsMadeAnew() {
    waiting();
    Job old = job(first);
    old.getMetadata().getAnnotations().remove(Labels.MADE_FROM);
    simulation.memory.update(old);
    simulation.kubelet.release(second);
    checkReplacedOnceAndNothingCharged();
  }

  @Test
  void nothingIsReplacedWhereNothingChanged() {
    waiting();
    edit();
    simulation.restart();
    simulation.run(4);

    assertThat(status(first).attempt()).isEqualTo(1);
    assertThat(simulation.memory.events()).extracting(Event::getReason).doesNotContain("Replaced");
  }

  @Test
  void aRefusedJobIsTriedAtOnceWhenItIsMadeOtherwise() {
    boolean[] refuses = {true};
    simulation.through(cluster -> new RefusingCluster(cluster, () -> refuses[0] ? "quota" : null));
    simulation.run(5);
    refuses[0] = false;
    specs.resources = Map.of("memory", "4Gi");
    edit();
    simulation.turn();

    assertThat(simulation.memory.jobs()).hasSize(2);
  }

  @Test
  void theMemoryUnderWhichATrialWasKilledIsRecordedAndMoreLetsItRunAgain() {
    simulation.kubelet.script(first, End.RunsOutOfMemory);
    simulation.runToFinish();
    assertThat(Objects.requireNonNull(status(first).outcome()).reason())
        .isEqualTo(OutcomeReason.OutOfMemory);
    assertThat(status(first).limit()).isEqualTo("8Gi");

    specs.resources = Map.of("memory", "16Gi");
    edit();
    simulation.run(2);
    assertThat(simulation.isTrue(ConditionType.Finished)).isFalse();
    simulation.runToFinish().checkPromises();

    assertThat(Objects.requireNonNull(simulation.status().trials()).succeeded()).isEqualTo(9);
    assertThat(status(first).limit()).isNull();
  }

  private static void annotate(Simulation of, String trial, String value) {
    Trial changed = trial(of, trial);
    changed.getMetadata().getAnnotations().put(Labels.RETRY, value);
    of.memory.edit(changed);
  }

  private static void annotate(Simulation of, String value) {
    ScalingSweep sweep = of.sweep();
    sweep.getMetadata().setAnnotations(Map.of(Labels.RETRY, value));
    of.memory.edit(sweep);
  }

  @Test
  void anAnnotatedTrialRunsAgainOnce() {
    simulation.kubelet.script(first, End.GivesUp, End.GivesUp);
    simulation.runToFinish();
    annotate(simulation, first, "1");
    simulation.run(6);
    assertThat(Objects.requireNonNull(status(first).outcome()).type())
        .isEqualTo(OutcomeType.Failed);
    assertThat(status(first).attempt()).as("given up again, and not tried again").isEqualTo(2);

    annotate(simulation, first, "2");
    simulation.run(2);
    simulation.runToFinish().checkPromises();
    assertThat(Objects.requireNonNull(simulation.status().trials()).succeeded()).isEqualTo(9);
    assertThat(status(first).attempt()).isEqualTo(3);
  }

  private List<Event> ignored() {
    return simulation.memory.events().stream()
        .filter(event -> event.getReason().equals("RetryIgnored"))
        .toList();
  }

  @Test
  void anAnnotationThatAsksForNothingIsTold() {
    simulation.run(3);
    annotate(simulation, "");
    annotate(simulation, first, " ");
    simulation.run(3);

    assertThat(ignored())
        .extracting(event -> event.getRegarding().getName())
        .containsExactlyInAnyOrder("sweep", first);
    assertThat(ignored())
        .allSatisfy(event -> assertThat(event.getNote()).contains("more than 253 characters"));
  }

  @Test
  void anAnnotationOfATrialThatIsNotPlannedIsTold() {
    simulation.runToFinish();
    Trial stranger = trial(simulation, first);
    stranger.getMetadata().setName("sweep-of-old");
    stranger.getMetadata().setUid("uid-of-old");
    stranger.getMetadata().getAnnotations().put(Labels.RETRY, "now");
    simulation.memory.edit(stranger);
    simulation.run(2);

    assertThat(ignored())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getRegarding().getName()).isEqualTo("sweep-of-old");
              assertThat(event.getNote()).contains("does not plan");
            });
  }

  @Test
  void aTrialIsGivenUpByItsAnnotation() {
    specs
        .plan("sweep")
        .trials()
        .forEach(trial -> simulation.kubelet.script(trial.name(), End.NeverMounts));
    simulation.missing = "FailedMount: no secret";
    simulation.run(40);
    Trial changed = trial(simulation, first);
    changed.getMetadata().getAnnotations().put(Labels.GIVE_UP, "true");
    simulation.memory.edit(changed);
    simulation.run(3);

    assertThat(Objects.requireNonNull(status(first).outcome()).type())
        .isEqualTo(OutcomeType.Excluded);
    assertThat(Objects.requireNonNull(status(first).outcome()).message())
        .startsWith("given up by its annotation; at last: FailedMount: no secret");
  }

  @Test
  void whereverTheOperatorDiesAnAnnotatedSweepTriesEachFailedTrialOnce() {
    for (int fatal = 1; fatal <= 14; fatal++) {
      for (FailingCluster.Way fatalWay : FailingCluster.Way.values()) {
        Simulation failed = new Simulation(SmallSweeps.specs().withBudgets(1e10));
        failed.kubelet.script(first, End.GivesUp, End.GivesUp).script(second, End.GivesUp);
        failed.runToFinish();
        annotate(failed, "once");
        int at = fatal;
        failed.through(
            cluster ->
                new FailingCluster(
                    cluster,
                    (call, way) -> {
                      if (call == at && way == fatalWay) {
                        throw new Simulation.Killed();
                      }
                    }));
        failed.run(12);

        String what = "killed at call %d, %s".formatted(fatal, fatalWay);
        assertThat(status(failed, first).attempt()).as(what).isEqualTo(2);
        assertThat(Objects.requireNonNull(status(failed, first).outcome()).type())
            .as(what)
            .isEqualTo(OutcomeType.Failed);
        assertThat(Objects.requireNonNull(status(failed, second).outcome()).type())
            .as(what)
            .isEqualTo(OutcomeType.Succeeded);
        assertThat(failed.status().retry()).as(what).isEqualTo("once");
      }
    }
  }

  @Test
  void aTurnIsTakenForAnAnnotationAndNoneForTheStatus() {
    ScalingSweep before = SmallSweeps.of("sweep", specs);
    ScalingSweep after = SmallSweeps.of("sweep", specs);
    assertThat(new SweepChanges().accept(after, before)).isFalse();
    after.getMetadata().setAnnotations(Map.of("other", "1"));
    assertThat(new SweepChanges().accept(after, before)).isFalse();
    after.getMetadata().setAnnotations(Map.of(Labels.RETRY, "1"));
    assertThat(new SweepChanges().accept(after, before)).isTrue();
  }
}
