package dev.isoflop.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.operator.plan.Specs;
import dev.isoflop.trial.TrialResult;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Kills the operator at each of its calls to the API server in turn, once with the call lost on its
 * way there and once after it took effect, starts another, and compares how the sweep ends.
 */
class OperatorDeathTest {
  private static final int SOME = 9;

  /** One budget of three sizes, two at once. */
  private static Specs smallest() {
    return SmallSweeps.specs().withBudgets(1e10);
  }

  @Test
  void whereverTheOperatorDiesASmallSweepEndsTheSame() {
    dieEverywhere(smallest(), 1);
  }

  @Test
  void aSweepWithLawsEndsTheSameWhereverItWasTried() {
    dieEverywhere(SmallSweeps.specs(), SOME);
  }

  @Test
  void aSweepThatGrowsBeyondItsGridEndsTheSameWhereverItWasTried() {
    dieEverywhere(SmallSweeps.growing(), 3 * SOME);
  }

  @Test
  @Tag("bench")
  void whereverTheOperatorDiesASweepThatGrowsEndsTheSame() {
    dieEverywhere(SmallSweeps.growing(), 1);
  }

  @Test
  @Tag("bench")
  void whereverTheOperatorDiesASweepWithLawsEndsTheSame() {
    dieEverywhere(SmallSweeps.specs(), 1);
  }

  private static void dieEverywhere(Specs specs, int stride) {
    Simulation undisturbed = new Simulation(specs).runToFinish();
    undisturbed.checkPromises();
    int calls = undisturbed.memory.writes;
    assertThat(calls).isGreaterThan(20);
    for (int call = 1; call <= calls; call += stride) {
      for (FailingCluster.Way way : FailingCluster.Way.values()) {
        compare(undisturbed, dyingAt(specs, call, way), "killed at call " + call + ", " + way);
      }
    }
    System.out.printf("killed at %d calls, twice each%n", (calls + stride - 1) / stride);
  }

  private static Simulation dyingAt(Specs specs, int fatal, FailingCluster.Way fatalWay) {
    return new Simulation(specs)
        .through(
            cluster ->
                new FailingCluster(
                    cluster,
                    (call, way) -> {
                      if (call == fatal && way == fatalWay) {
                        throw new Simulation.Killed();
                      }
                    }))
        .runToFinish();
  }

  private static void compare(Simulation undisturbed, Simulation disturbed, String what) {
    disturbed.checkPromises();
    assertThat(results(disturbed)).as(what).isEqualTo(results(undisturbed));
    ScalingSweepStatus expected = undisturbed.status();
    ScalingSweepStatus status = disturbed.status();
    assertThat(status.laws()).as(what).isEqualTo(expected.laws());
    assertThat(status.budgets()).as(what).isEqualTo(expected.budgets());
    assertThat(status.trials()).as(what).isEqualTo(expected.trials());
    assertThat(disturbed.trials())
        .as(what)
        .allSatisfy(
            trial -> {
              assertThat(trial.getStatus().failures()).isZero();
              assertThat(trial.getStatus().attempt()).isEqualTo(1);
            });
  }

  private static Map<String, TrialResult> results(Simulation simulation) {
    Map<String, TrialResult> results = new TreeMap<>();
    for (Trial trial : simulation.trials()) {
      results.put(
          trial.getMetadata().getName(), Objects.requireNonNull(trial.getStatus().result()));
    }
    return results;
  }
}
