package dev.isoflop.operator.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.sweep.FailureSpec;
import dev.isoflop.api.v1alpha1.sweep.LawsSpec;
import dev.isoflop.api.v1alpha1.sweep.OnFailuresExceeded;
import dev.isoflop.operator.plan.Specs;
import dev.isoflop.trial.OutcomeType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole sweeps on a fake clock, disturbed and not. */
class SweepSimulationTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void disturbancesLeaveNoTraceInTheLaws(long seed) {
    FakeWorld calm = new FakeWorld(specs());
    calm.runToSettled();
    FakeWorld disturbed = new FakeWorld(specs());
    Chaos chaos = new Chaos(seed, disturbed, true);
    for (int i = 0; i < 120; i++) {
      chaos.step();
    }
    chaos.calm();
    disturbed.runToSettled();

    assertThat(disturbances(disturbed)).isGreaterThan(5);
    assertThat(disturbed.ended(OutcomeType.Succeeded)).isEqualTo(calm.trials.size());
    ScalingSweepStatus expected = calm.status.orElseThrow();
    ScalingSweepStatus found = disturbed.status.orElseThrow();
    assertThat(found.laws()).isNotNull().isEqualTo(expected.laws());
    assertThat(found.budgets()).isEqualTo(expected.budgets());
    assertThat(found.predictions()).hasSize(1).isEqualTo(expected.predictions());
    assertThat(disturbed.trials.values())
        .allSatisfy(trial -> assertThat(trial.completions).isEqualTo(1));
  }

  @Test
  void anUndisturbedSweepKeepsItsSlotsBusy() {
    FakeWorld world = new FakeWorld(specs());
    while (!world.turn().settled()) {
      world.pass(Duration.ofSeconds(1));
    }

    double worked =
        world.trials.values().stream()
            .mapToDouble(trial -> trial.status.orElseThrow().runningSeconds())
            .sum();
    double held = world.slots * (double) Duration.between(FakeWorld.START, world.now).toSeconds();
    assertThat(worked).isGreaterThan(0.95 * held);
    assertThat(world.trials.values()).allSatisfy(trial -> assertThat(trial.starts).isEqualTo(1));
  }

  /** Faults that would end a trial for good are borne, so that every trial comes through. */
  private static Specs specs() {
    Specs specs = Specs.small();
    specs.budgets = List.of(1e10, 3e10, 1e11, 3e11);
    specs.failures = new FailureSpec(100, 5, OnFailuresExceeded.Drain);
    specs.laws = new LawsSpec(0.95, 50, false, List.of(1e13), null);
    return specs;
  }

  private static int disturbances(FakeWorld world) {
    return world.trials.values().stream()
        .map(trial -> trial.status.orElseThrow())
        .mapToInt(status -> status.failures() + status.disruptions())
        .sum();
  }
}
