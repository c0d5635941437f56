package dev.isoflop.operator.kubernetes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.operator.kubernetes.Simulation;
import dev.isoflop.operator.kubernetes.SmallSweeps;
import dev.isoflop.operator.kubernetes.observe.ClusterView;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnWritesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Simulation simulation = new Simulation(SmallSweeps.specs());
  private final OwnWrites writes = new OwnWrites();

  private ClusterView view(List<Trial> trials) {
    return ClusterView.of(simulation.sweep(), trials, List.of(), List.of());
  }

  private static Trial newer(Trial trial) {
    Trial newer = Serialization.clone(trial);
    newer
        .getMetadata()
        .setResourceVersion(
            Long.toString(Long.parseLong(trial.getMetadata().getResourceVersion()) + 100));
    return newer;
  }

  @Test
  void aViewFromBeforeAWriteIsBehindUntilItShowsTheWriteOrALaterOne() {
    simulation.turn();
    List<Trial> before = simulation.trials();
    Trial written = newer(before.get(0));
    assertThat(writes.missingIn(view(before), NOW)).isFalse();

    writes.wrote(simulation.sweep(), written, NOW);

    assertThat(writes.missingIn(view(before), NOW.plusSeconds(600))).isTrue();
    assertThat(writes.missingIn(view(List.of(newer(written))), NOW)).isFalse();
    assertThat(writes.missingIn(view(before), NOW)).isFalse();
  }

  @Test
  void aSweepThatIsGoneLeavesNothingBehind() {
    simulation.turn();
    List<Trial> before = simulation.trials();
    writes.wrote(simulation.sweep(), newer(before.get(0)), NOW);

    writes.retain(ResourceID.fromResource(simulation.sweep())::equals);
    assertThat(writes.missingIn(view(before), NOW)).as("of one that is there").isTrue();

    writes.retain(sweep -> false);
    assertThat(writes.missingIn(view(before), NOW)).isFalse();
  }

  @Test
  void aTrialThatSomebodyDeletedIsNotAwaitedForEver() {
    simulation.turn();
    writes.wrote(simulation.sweep(), simulation.trial(0), NOW);
    assertThat(writes.missingIn(view(List.of()), NOW.plusSeconds(29))).isTrue();
    assertThat(writes.missingIn(view(List.of()), NOW.plusSeconds(30))).isFalse();
  }
}
