package dev.isoflop.operator.kubernetes.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.operator.kubernetes.FakeKubelet.End;
import dev.isoflop.operator.kubernetes.Simulation;
import dev.isoflop.operator.kubernetes.SmallSweeps;
import dev.isoflop.operator.plan.Specs;
import dev.isoflop.operator.sweep.state.ConditionType;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * What happens to attempts is told, on the trial and, where readers of it should know, the sweep.
 */
class AttemptEventsTest {
  private final Specs specs = SmallSweeps.specs();
  private final Simulation simulation = new Simulation(specs);
  private final String first = specs.plan("sweep").trials().get(0).name();

  private TrialStatus status() {
    return simulation.trials().stream()
        .filter(trial -> trial.getMetadata().getName().equals(first))
        .map(trial -> Objects.requireNonNull(trial.getStatus()))
        .findFirst()
        .orElseThrow();
  }

  private List<Event> told(String kind, String name, String reason) {
    return simulation.memory.events().stream()
        .filter(event -> event.getRegarding().getKind().equals(kind))
        .filter(event -> event.getRegarding().getName().equals(name))
        .filter(event -> event.getReason().equals(reason))
        .toList();
  }

  private List<Event> ofFirst(String reason) {
    return told("Trial", first, reason);
  }

  private List<Event> ofSweep(String reason) {
    return told("ScalingSweep", "sweep", reason);
  }

  @Test
  void aPodThatWasEvictedIsToldWithItsReasonAlthoughItsJobGoesOn() {
    simulation.kubelet.script(first, End.IsEvicted);
    simulation.runToFinish().checkPromises();

    assertThat(ofFirst("Disrupted"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getNote())
                  .isEqualTo("attempt 1: EvictionByEvictionAPI: Eviction API: evicting");
              assertThat(event.getType()).isEqualTo("Warning");
            });
    assertThat(ofSweep("TrialDisrupted"))
        .singleElement()
        .satisfies(event -> assertThat(event.getNote()).startsWith(first + ": attempt 1: Evict"));
    assertThat(status().disruptions()).isEqualTo(1);
    assertThat(status().attempt()).isEqualTo(1);
  }

  @Test
  void anEndAndTheNextBeginningInOneTurnAreBothTold() {
    simulation.kubelet.script(first, End.Fails);
    simulation.run(1);
    for (int i = 0; i < 10; i++) {
      simulation.pass(); // the operator is away for longer than the back-off
    }
    simulation.turn();
    assertThat(status().attempt()).as("both in one turn").isEqualTo(2);

    assertThat(ofFirst("BackOff"))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.getNote())
                    .startsWith("attempt 1: exit 75: no result; see the worker's log"));
    assertThat(ofFirst("Running"))
        .extracting(Event::getNote)
        .containsExactly("attempt 1", "attempt 2");
    assertThat(ofSweep("TrialBackOff"))
        .singleElement()
        .satisfies(event -> assertThat(event.getNote()).startsWith(first + ": attempt 1: exit 75"));
  }

  @Test
  void whatManyTrialsMeetAtOnceIsOneEventOfTheSweep() {
    specs.plan("sweep").trials().stream()
        .limit(2)
        .forEach(trial -> simulation.kubelet.script(trial.name(), End.Fails));
    simulation.runToFinish().checkPromises();

    assertThat(ofSweep("TrialBackOff"))
        .singleElement()
        .satisfies(event -> assertThat(event.getNote()).startsWith("2 trials, such as " + first));
  }

  @Test
  void aPodWhoseNodeDoesNotReportIsToldAndItsTimeNotCounted() {
    simulation.kubelet.script(first, End.NeverEnds);
    simulation.run(4);
    Pod pod = pod();
    pod.getSpec().setNodeName("node-7");
    simulation.memory.update(withReady(pod, "False"));
    simulation.run(1);

    assertThat(ofFirst("NodeLost"))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.getNote())
                    .contains("node node-7 has not reported since 2026-01-01T00:00:"));
    assertThat(ofSweep("TrialNodeLost")).hasSize(1);
    assertThat(simulation.condition(ConditionType.Progressing).getMessage()).contains("node-7");

    simulation.run(400);
    assertThat(status().outcome()).isNull();
    simulation.memory.update(withReady(pod(), "True"));
    simulation.turn();
    assertThat(ConditionType.Running.in(status().conditions()).orElseThrow().getReason())
        .isEqualTo("Running");
  }

  private Pod pod() {
    return simulation.memory.pods().stream()
        .filter(pod -> first.equals(pod.getMetadata().getLabels().get(Labels.TRIAL)))
        .findFirst()
        .orElseThrow();
  }

  private Pod withReady(Pod pod, String ready) {
    return new PodBuilder(pod)
        .editStatus()
        .withConditions()
        .addNewCondition()
        .withType("ContainersReady")
        .withStatus("True")
        .endCondition()
        .addNewCondition()
        .withType("Ready")
        .withStatus(ready)
        .withLastTransitionTime(simulation.clock.instant().toString())
        .endCondition()
        .endStatus()
        .build();
  }

  @Test
  void aPodThatSomeoneDeletedCostsNoWaiting() {
    simulation.kubelet.script(first, End.NeverEnds);
    simulation.run(4);
    Pod pod = pod();
    Job job =
        simulation.memory.jobs().stream()
            .filter(found -> Owners.owns(found, pod))
            .findFirst()
            .orElseThrow();
    simulation.memory.remove(pod);
    job.setStatus(
        new JobStatusBuilder()
            .addNewCondition()
            .withType("Failed")
            .withStatus("True")
            .withMessage("Job has reached the specified backoff limit")
            .withLastTransitionTime(simulation.clock.instant().toString())
            .endCondition()
            .build());
    simulation.memory.update(job);
    simulation.turn();

    assertThat(ofFirst("Disrupted"))
        .singleElement()
        .satisfies(
            event -> assertThat(event.getNote()).startsWith("attempt 1: its pod was deleted"));
    assertThat(status().failures()).isZero();
    for (int i = 0; i < 4; i++) {
      simulation.turn();
      assertThat(ConditionType.Running.isTrue(status().conditions()))
          .as("its end stands")
          .isFalse();
    }
    assertThat(ofFirst("Disrupted")).hasSize(1);
    simulation.runToFinish().checkPromises();
    assertThat(status().attempt()).isEqualTo(2);
  }
}
