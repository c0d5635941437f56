package dev.isoflop.operator.kubernetes.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.status.TrialJob;
import dev.isoflop.operator.kubernetes.FakeKubelet.End;
import dev.isoflop.operator.kubernetes.Forgery;
import dev.isoflop.operator.kubernetes.Simulation;
import dev.isoflop.operator.kubernetes.SmallSweeps;
import dev.isoflop.operator.kubernetes.observe.ClusterCollection;
import dev.isoflop.operator.plan.Specs;
import dev.isoflop.operator.sweep.state.ConditionType;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Somebody who may create Jobs makes some that look like the operator's. */
class ForgedResultsTest {
  private final Specs specs = SmallSweeps.specs();
  private final Simulation simulation = new Simulation(specs);

  private Job insert(Job job) {
    return simulation.memory.create(job);
  }

  private void forge(Trial trial, int attempt) {
    Job job = insert(Forgery.finished(trial, attempt));
    simulation.memory.create(Forgery.succeeded(job, trial));
  }

  private void checkNothingForged() {
    simulation.checkPromises();
    assertThat(simulation.trials())
        .hasSize(9)
        .allSatisfy(
            trial -> {
              TrialStatus status = Objects.requireNonNull(trial.getStatus());
              assertThat(Objects.requireNonNull(status.result()).trainLoss()).isGreaterThan(1.0);
              assertThat(status.failures()).as("charged").isZero();
              assertThat(status.disruptions()).as("charged").isZero();
              assertThat(status.attempt()).isEqualTo(1);
            });
    assertThat(simulation.kubelet.completions).hasSize(9);
  }

  private List<Trial> queued() {
    return simulation.trials().stream()
        .filter(trial -> trial.getStatus() == null || trial.getStatus().attempt() == 0)
        .toList();
  }

  @Test
  void aJobThatIsThereBeforeTheOperatorMadeItGivesNoResult() {
    simulation.turn();
    List<Trial> queued = queued();
    assertThat(queued).hasSize(7);
    queued.forEach(trial -> forge(trial, 1));
    simulation.runToFinish();
    checkNothingForged();
  }

  @Test
  void aJobForAnAttemptThatIsStillToComeGivesNoResult() {
    simulation.turn();
    simulation.trials().forEach(trial -> forge(trial, 2));
    simulation.runToFinish();
    checkNothingForged();
  }

  @Test
  void aCopyInPlaceOfTheOperatorsJobGivesNoResult() {
    simulation.turn();
    List<Job> made = simulation.memory.jobs();
    assertThat(made).hasSize(2);
    for (Job job : made) {
      Trial trial =
          simulation.trials().stream()
              .filter(owner -> Owners.owns(owner, job))
              .findFirst()
              .orElseThrow();
      simulation.memory.remove(job);
      Job copy =
          insert(
              new JobBuilder(Forgery.finished(trial, 1))
                  .editMetadata()
                  .withAnnotations(job.getMetadata().getAnnotations())
                  .endMetadata()
                  .build());
      simulation.memory.create(Forgery.succeeded(copy, trial));
    }
    simulation.runToFinish();
    checkNothingForged();
  }

  @Test
  void whatIsForgedIsToldOnceAndTheWayOutWithIt() {
    simulation.turn();
    Trial trial = queued().get(0);
    forge(trial, 5);
    simulation.run(3);
    assertThat(simulation.memory.events())
        .filteredOn(event -> "ForeignJob".equals(event.getReason()))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getType()).isEqualTo("Warning");
              assertThat(event.getRegarding().getName()).isEqualTo(trial.getMetadata().getName());
              assertThat(event.getNote())
                  .contains(trial.getMetadata().getName() + "-5", "did not make it", "delete it");
            });
    assertThat(simulation.foreignJobs).isEqualTo(1);
    assertThat(simulation.condition(ConditionType.Degraded).getReason()).isEqualTo("ForeignJobs");
    assertThat(simulation.condition(ConditionType.Degraded).getMessage())
        .startsWith("1 Job of trials that the operator did not make")
        .contains(trial.getMetadata().getName() + "-5");

    simulation.memory.jobs().stream()
        .filter(job -> job.getMetadata().getName().endsWith("-5"))
        .forEach(simulation.memory::remove);
    simulation.turn();
    assertThat(simulation.condition(ConditionType.Degraded).getStatus()).isEqualTo("False");
  }

  private void nothingEnds() {
    specs
        .plan("sweep")
        .trials()
        .forEach(trial -> simulation.kubelet.script(trial.name(), End.NeverEnds, End.NeverEnds));
  }

  @Test
  void aForgedJobThatRunsHoldsNoSlot() {
    nothingEnds();
    simulation.turn();
    queued().forEach(trial -> insert(Forgery.running(trial, 3)));
    simulation.run(3);
    assertThat(Objects.requireNonNull(simulation.status().trials()).running()).isEqualTo(2);
  }

  @Test
  void onlyPodsOfTheOperatorsJobsAreAskedForMetrics() {
    nothingEnds();
    simulation.turn();
    for (Trial trial : queued()) {
      Job job = insert(Forgery.running(trial, 1));
      Pod pod = Forgery.serving(job);
      simulation.memory.create(pod);
    }
    simulation.pass();
    assertThat(ClusterCollection.workers(simulation.memory.view()).keySet())
        .containsExactlyInAnyOrderElementsOf(
            simulation.trials().stream()
                .filter(trial -> trial.getStatus() != null && trial.getStatus().attempt() == 1)
                .map(trial -> trial.getMetadata().getName())
                .toList());
  }

  /** A pod that the operator's own Job takes for its own, made by somebody who cannot read pods. */
  @Test
  void aResultWithoutTheTokenOfItsAttemptIsToldAndNotCharged() {
    boolean[] forging = {true};
    simulation.kubelet.messages =
        sound -> forging[0] ? sound.replaceFirst(",\"attemptToken\":\"[0-9a-f]*\"", "") : sound;
    simulation.run(8);
    assertThat(simulation.trials())
        .isNotEmpty()
        .noneMatch(trial -> trial.getStatus() != null && trial.getStatus().result() != null);
    assertThat(simulation.memory.events())
        .filteredOn(event -> "Disrupted".equals(event.getReason()))
        .isNotEmpty()
        .allSatisfy(
            event -> assertThat(event.getNote()).contains("without the token", "does not count"));
    forging[0] = false;
    simulation.runToFinish().checkPromises();
    assertThat(simulation.trials())
        .hasSize(9)
        .allSatisfy(
            trial -> assertThat(Objects.requireNonNull(trial.getStatus()).failures()).isZero());
    assertThat(simulation.isTrue(ConditionType.Succeeded)).isTrue();
  }

  /** What is stored of such a result has no loss, which the fits need of every success. */
  @Test
  void aLossMeasuredOnNoSamplesIsNoSuccess() {
    simulation.kubelet.messages = sound -> sound.replace("\"samples\":256", "\"samples\":-1");
    simulation.run(8);
    assertThat(simulation.trials())
        .isNotEmpty()
        .noneMatch(trial -> trial.getStatus() != null && trial.getStatus().result() != null);
    assertThat(simulation.memory.events())
        .filteredOn(event -> "BackOff".equals(event.getReason()))
        .isNotEmpty()
        .allSatisfy(event -> assertThat(event.getNote()).contains("from no samples"));
  }

  /** The operator was replaced by this release while the workers of an earlier one ran. */
  @Test
  void jobsOfAReleaseThatRecordedNoneAreTakenOverAndRecorded() {
    simulation.turn();
    for (Trial trial : simulation.trials()) {
      TrialStatus status = trial.getStatus();
      if (status != null) {
        trial.setStatus(status.withJob(null));
        simulation.memory.edit(trial);
      }
    }
    for (Job job : simulation.memory.jobs()) {
      job.getMetadata().getAnnotations().remove(Labels.ATTEMPT_TOKEN);
      simulation.memory.update(job);
    }
    simulation.restart();
    simulation.turn();
    assertThat(simulation.memory.jobs())
        .hasSize(2)
        .allSatisfy(
            job ->
                assertThat(simulation.trials())
                    .extracting(trial -> recordedUid(trial))
                    .contains(job.getMetadata().getUid()));
    simulation.runToFinish();
    checkNothingForged();
  }

  private static String recordedUid(Trial trial) {
    TrialStatus status = trial.getStatus();
    TrialJob job = status == null ? null : status.job();
    return job == null ? "" : String.valueOf(job.uid());
  }
}
