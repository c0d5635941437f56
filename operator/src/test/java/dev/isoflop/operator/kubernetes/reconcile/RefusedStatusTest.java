package dev.isoflop.operator.kubernetes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.TrialStatusBuilder;
import dev.isoflop.api.v1alpha1.status.BudgetStatus;
import dev.isoflop.api.v1alpha1.status.OptimumStatus;
import dev.isoflop.operator.kubernetes.ForwardingCluster;
import dev.isoflop.operator.kubernetes.Simulation;
import dev.isoflop.operator.kubernetes.SmallSweeps;
import dev.isoflop.operator.sweep.state.ConditionType;
import dev.isoflop.trial.TrialOutcome;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A status that the API server refuses is told, and the sweep goes on. */
class RefusedStatusTest {

  /** Refuses statuses as the CRDs of another release would. */
  private static final class Picky extends ForwardingCluster {
    Predicate<ScalingSweepStatus> sweeps = status -> true;
    Predicate<Trial> trials = trial -> true;
    int mostTrials = Integer.MAX_VALUE;

    Picky(Cluster cluster) {
      super(cluster);
    }

    @Override
    public Trial create(Trial trial)
        throws StaleViewException, TrialRefusedException, TrialInTheWayException {
      if (mostTrials == 0) {
        throw new TrialRefusedException("exceeded quota: trials", new IllegalStateException("403"));
      }
      mostTrials--;
      return super.create(trial);
    }

    @Override
    public Trial store(Trial observed, TrialStatus status)
        throws StaleViewException, StatusRefusedException {
      refuseUnless(trials.test(observed));
      return super.store(observed, status);
    }

    @Override
    public ScalingSweep store(ScalingSweep observed, ScalingSweepStatus status)
        throws StaleViewException, StatusRefusedException {
      refuseUnless(sweeps.test(status));
      return super.store(observed, status);
    }

    private static void refuseUnless(boolean taken) throws StatusRefusedException {
      if (!taken) {
        throw new StatusRefusedException("status: Invalid value", new IllegalStateException("422"));
      }
    }
  }

  private @Nullable Picky picky;

  private Simulation simulation() {
    return new Simulation(SmallSweeps.specs())
        .through(
            memory -> {
              picky = new Picky(memory);
              return picky;
            });
  }

  private Picky picky() {
    return Objects.requireNonNull(picky, "made by simulation()");
  }

  private static List<Event> refusals(Simulation simulation) {
    return simulation.memory.events().stream()
        .filter(event -> event.getReason().equals("StatusRefused"))
        .toList();
  }

  @Test
  void aSweepWhoseStatusIsRefusedIsTrainedToTheEndAndSaysWhatStandsInItsWay() {
    Simulation simulation = simulation();
    picky().sweeps = status -> status.columns() == null;

    simulation.run(200);

    assertThat(simulation.kubelet.completions.values()).containsOnly(1).hasSize(9);
    Condition degraded = simulation.condition(ConditionType.Degraded);
    assertThat(degraded.getReason()).isEqualTo("StatusRefused");
    assertThat(degraded.getMessage())
        .isEqualTo("the API server refuses the status as it should be: status: Invalid value");
    assertThat(simulation.condition(ConditionType.Progressing).getReason()).isEqualTo("Completed");
    assertThat(simulation.isTrue(ConditionType.Finished))
        .as("what waits for it would find no laws")
        .isFalse();
    assertThat(simulation.statusRefusals).isPositive();
    assertThat(refusals(simulation))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getType()).isEqualTo("Warning");
              assertThat(event.getRegarding().getName()).isEqualTo("sweep");
              assertThat(event.getNote()).contains("status: Invalid value");
            });

    picky().sweeps = status -> true;
    simulation.runToFinish();

    assertThat(simulation.isTrue(ConditionType.LawsFitted)).isTrue();
    assertThat(simulation.isTrue(ConditionType.Degraded)).isFalse();
  }

  @Test
  void aRefusedStatusIsNotWrittenAgainAndAgain() {
    Simulation simulation = simulation();
    picky().sweeps = status -> status.columns() == null;
    simulation.run(200);
    int writes = simulation.memory.writes;

    assertThat(simulation.turn()).isPresent();

    assertThat(simulation.memory.writes).isEqualTo(writes);
  }

  @Test
  void aTrialThatCannotBeRecordedIsNotStartedAndHoldsUpNoOther() {
    Simulation simulation = simulation();
    String refused = SmallSweeps.specs().plan("sweep").trials().get(0).name();
    picky().trials = trial -> !trial.getMetadata().getName().equals(refused);

    simulation.run(200);

    assertThat(simulation.kubelet.completions).hasSize(8).doesNotContainKey(refused);
    assertThat(refusals(simulation))
        .singleElement()
        .satisfies(event -> assertThat(event.getRegarding().getName()).isEqualTo(refused));
    assertThat(simulation.isTrue(ConditionType.Finished)).isFalse();

    picky().trials = trial -> true;
    simulation.runToFinish().checkTraining();
  }

  @Test
  void trialsBeyondAQuotaHoldUpNoneWithinIt() {
    Simulation simulation = simulation();
    picky().mostTrials = 4;

    simulation.run(200);

    assertThat(simulation.kubelet.completions.values()).containsOnly(1).hasSize(4);
    Condition degraded = simulation.condition(ConditionType.Degraded);
    assertThat(degraded.getReason()).isEqualTo("CallRefused");
    assertThat(degraded.getMessage())
        .matches("the trial \\S+ cannot be created, and is tried again: exceeded quota: trials");
    assertThat(simulation.turn()).isPresent();

    picky().mostTrials = 5;
    simulation.runToFinish().checkPromises();
    assertThat(simulation.isTrue(ConditionType.Degraded)).isFalse();
  }

  @Test
  void aStatusIsCutDownToItsSchema() {
    Condition condition =
        new ConditionBuilder()
            .withType("Accepted")
            .withStatus("True")
            .withReason("Planned")
            .withMessage("word ".repeat(1000))
            .build();
    BudgetStatus sound =
        new BudgetStatus(
            1e17, 7, 7, null, new OptimumStatus(1e6, 1e9, null, 0.5, null), true, 0.9, null);
    BudgetStatus unsound =
        new BudgetStatus(
            3e17,
            7,
            7,
            null,
            new OptimumStatus(Double.POSITIVE_INFINITY, 1e9, null, 0.5, null),
            true,
            0.9,
            null);
    ScalingSweepStatus status =
        new ScalingSweepStatus(
            1L,
            List.of(condition),
            null,
            null,
            List.of(sound, unsound),
            null,
            List.of(),
            null,
            null);

    ScalingSweepStatus reduced = StatusReduction.of(status);

    assertThat(reduced.budgets().get(0)).isEqualTo(sound);
    assertThat(reduced.budgets().get(1).optimum()).as("no zero in its place").isNull();
    assertThat(reduced.budgets().get(1).flops()).isEqualTo(3e17);
    assertThat(reduced.conditions().get(0).getMessage())
        .hasSizeLessThanOrEqualTo(1024)
        .endsWith("more characters)");
    assertThat(StatusReduction.of(reduced)).isEqualTo(reduced);
    List<BudgetStatus> many = Collections.nCopies(100, sound);
    assertThat(
            StatusReduction.of(
                    new ScalingSweepStatus(
                        1L, List.of(), null, null, many, null, List.of(), null, null))
                .budgets())
        .hasSize(64);
  }

  @Test
  void ofATrialThatIsCutDownTheNumbersStay() {
    TrialStatus status =
        TrialStatusBuilder.builder()
            .observedGeneration(1L)
            .attempt(3)
            .failures(1)
            .disruptions(2)
            .runningSeconds(12.5)
            .outcome(TrialOutcome.succeeded())
            .message("long ".repeat(1000))
            .build();

    TrialStatus reduced = StatusReduction.of(status);

    assertThat(reduced.attempt()).isEqualTo(3);
    assertThat(reduced.failures()).isEqualTo(1);
    assertThat(reduced.disruptions()).isEqualTo(2);
    assertThat(reduced.runningSeconds()).isEqualTo(12.5);
    assertThat(reduced.outcome()).isEqualTo(TrialOutcome.succeeded());
    assertThat(reduced.message()).hasSizeLessThanOrEqualTo(1024);
  }
}
