package dev.isoflop.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.operator.sweep.state.ConditionType;
import org.junit.jupiter.api.Test;

/** What an undisturbed sweep writes to the API server. */
class WritesTest {
  private final Simulation simulation = new Simulation(SmallSweeps.specs());
  private final CountedWrites writes = new CountedWrites(resource -> simulation.memory);

  @Test
  void aTrialIsWrittenFourTimesASweepOnceATurnAndNothingOnceAllIsDone() {
    simulation.through(memory -> writes);
    int most = 0;
    for (int turn = 0; turn < 500 && !simulation.isTrue(ConditionType.Finished); turn++) {
      int before = writes.of("sweep status");
      simulation.step();
      most = Math.max(most, writes.of("sweep status") - before);
    }
    int trials = simulation.trials().size();
    assertThat(trials).isGreaterThan(5);
    assertThat(writes.of("trial created")).isEqualTo(trials);
    assertThat(writes.of("trial status")).isEqualTo(3 * trials);
    assertThat(writes.of("job created")).isEqualTo(trials);
    assertThat(most).isEqualTo(1);

    simulation.run(2);
    int all = writes.all();
    simulation.run(10);
    assertThat(writes.all()).isEqualTo(all);
  }
}
