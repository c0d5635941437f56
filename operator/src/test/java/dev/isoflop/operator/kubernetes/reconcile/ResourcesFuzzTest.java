package dev.isoflop.operator.kubernetes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.operator.FuzzRun;
import dev.isoflop.operator.kubernetes.HostileResources;
import dev.isoflop.operator.kubernetes.Simulation;
import dev.isoflop.operator.kubernetes.SmallSweeps;
import dev.isoflop.operator.kubernetes.observe.WatchedResources;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever is stored as a sweep or a trial: every turn comes to its end, in time, and what it
 * stores fits the schema.
 */
class ResourcesFuzzTest {
  /** Many times what a turn of these sweeps takes. */
  private static final Duration LONGEST_TURN = Duration.ofSeconds(30);

  private static final KubernetesSerialization READER = WatchedResources.reader();

  @Test
  void whateverSweepIsStoredItsTurnsEnd() {
    FuzzRun.seeds(150, ResourcesFuzzTest::sweep);
  }

  @Test
  void whateverTrialsAreStoredTheirSweepsTurnsEnd() {
    FuzzRun.seeds(60, ResourcesFuzzTest::trials);
  }

  @Test
  @Tag("fuzz")
  void whateverSweepIsStoredItsTurnsEndForLong() {
    FuzzRun.minutes(ResourcesFuzzTest::sweep);
  }

  @Test
  @Tag("fuzz")
  void whateverTrialsAreStoredTheirSweepsTurnsEndForLong() {
    FuzzRun.minutes(ResourcesFuzzTest::trials);
  }

  private static void sweep(long seed) {
    ObjectNode sound = tree(SmallSweeps.of("sweep", SmallSweeps.growing()));
    ObjectNode hostile = new HostileResources(seed).of(sound, "spec");
    ScalingSweep stored = (ScalingSweep) READER.unmarshal(hostile.toString(), HasMetadata.class);
    Simulation simulation = new Simulation(stored);
    for (int i = 0; i < 4; i++) {
      turn(simulation);
      simulation.pass();
    }
    assertThat(simulation.statusRefusals).as("statuses beyond the schema").isZero();
    assertThat(simulation.sweep().getStatus()).as("what is told of it").isNotNull();
    assertThat(simulation.status().conditions()).isNotEmpty();
  }

  private static void trials(long seed) {
    Random random = new Random(~seed);
    Simulation simulation = new Simulation(SmallSweeps.specs());
    simulation.run(random.nextInt(12));
    HostileResources hostile = new HostileResources(seed);
    for (Trial trial : simulation.trials()) {
      if (random.nextInt(3) == 0) {
        ObjectNode changed = hostile.of(tree(trial), random.nextBoolean() ? "spec" : "status");
        simulation.memory.edit((Trial) READER.unmarshal(changed.toString(), HasMetadata.class));
      }
    }
    for (int i = 0; i < 8; i++) {
      turnOrTold(simulation);
      simulation.pass();
    }
    // one that was written beyond the schema is refused once, and then stored reduced
    assertThat(simulation.statusRefusals).isLessThanOrEqualTo(simulation.trials().size());
    assertThat(simulation.status().conditions()).isNotEmpty();
  }

  private static void turn(Simulation simulation) {
    long start = System.nanoTime();
    simulation.turn();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST_TURN);
  }

  /**
   * A result of other data than the sweep's may break its turns off, which its status then tells.
   */
  private static void turnOrTold(Simulation simulation) {
    try {
      turn(simulation);
    } catch (RuntimeException e) {
      simulation.broke(e);
      assertThat(simulation.status().conditions())
          .extracting(Condition::getMessage)
          .anyMatch(message -> message.contains("the operator failed in its work on this sweep"));
    }
  }

  private static ObjectNode tree(HasMetadata resource) {
    return Serialization.unmarshal(Serialization.asJson(resource), ObjectNode.class);
  }
}
