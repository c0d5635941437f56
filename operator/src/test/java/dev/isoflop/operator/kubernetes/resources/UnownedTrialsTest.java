package dev.isoflop.operator.kubernetes.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialSpec;
import dev.isoflop.operator.kubernetes.Simulation;
import dev.isoflop.operator.kubernetes.SmallSweeps;
import dev.isoflop.operator.kubernetes.reconcile.StaleViewException;
import dev.isoflop.operator.kubernetes.reconcile.TrialInTheWayException;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.plan.Specs;
import dev.isoflop.operator.sweep.state.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Somebody has written Trials of the names that a sweep plans. */
class UnownedTrialsTest {
  private final Specs specs = SmallSweeps.specs();
  private final Simulation simulation = new Simulation(specs);
  private final List<PlannedTrial> planned = specs.plan("sweep").trials();

  private Trial written(PlannedTrial trial) {
    Trial written = TrialResources.of(simulation.sweep(), trial);
    written.getMetadata().setOwnerReferences(List.of());
    return written;
  }

  private void insert(Trial trial) {
    try {
      simulation.memory.create(trial);
    } catch (StaleViewException | TrialInTheWayException e) {
      throw new AssertionError(e);
    }
  }

  private void runForMinutes() {
    simulation.run(30);
  }

  @Test
  void theyAreToldAtOnceAndHoldUpNoOtherTrial() {
    planned.subList(0, 3).forEach(trial -> insert(written(trial)));

    simulation.turn();
    Condition degraded = simulation.condition(ConditionType.Degraded);
    assertThat(degraded.getReason()).isEqualTo("UnownedTrials");
    assertThat(degraded.getMessage())
        .startsWith("3 Trials of a planned name that this sweep did not make, such as '")
        .contains("delete it");
    simulation.turn();
    assertThat(Objects.requireNonNull(simulation.status().trials()).running()).isEqualTo(2);
    assertThat(simulation.memory.jobs()).hasSize(2);

    runForMinutes();
    assertThat(Objects.requireNonNull(simulation.status().trials()).succeeded()).isEqualTo(6);
    assertThat(simulation.isTrue(ConditionType.Finished)).isFalse();

    simulation.trials().stream()
        .filter(trial -> trial.getMetadata().getOwnerReferences().isEmpty())
        .forEach(simulation.memory::remove);
    simulation.runToFinish().checkPromises();
    assertThat(simulation.condition(ConditionType.Degraded).getStatus()).isEqualTo("False");
    assertThat(Objects.requireNonNull(simulation.status().trials()).succeeded()).isEqualTo(9);
  }

  /** As somebody may who can create trials: owned by the sweep, and of another experiment. */
  @Test
  void aTrialOfAnotherExperimentIsNotTrained() {
    PlannedTrial first = planned.get(0);
    Trial other = TrialResources.of(simulation.sweep(), first);
    other.setSpec(new TrialSpec("sweep", first.key(), planned.get(1).experiment(), false));
    insert(other);
    runForMinutes();

    assertThat(simulation.memory.jobs())
        .isNotEmpty()
        .noneMatch(job -> job.getMetadata().getName().startsWith(first.name()));
    assertThat(simulation.condition(ConditionType.Degraded).getMessage())
        .contains(first.name(), "holds another experiment than the plan", "delete it");
    assertThat(Objects.requireNonNull(simulation.status().trials()).succeeded()).isEqualTo(8);

    simulation.memory.remove(other);
    simulation.runToFinish().checkPromises();
    assertThat(Objects.requireNonNull(simulation.status().trials()).succeeded()).isEqualTo(9);
  }
}
