package dev.isoflop.operator.kubernetes.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.operator.FuzzRun;
import dev.isoflop.operator.kubernetes.Forgery;
import dev.isoflop.operator.kubernetes.Simulation;
import dev.isoflop.operator.kubernetes.SmallSweeps;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Jobs made by hand at any time, with anything in their names, labels and annotations. */
class ForgedJobsFuzzTest {
  private static final List<String> TEXTS =
      List.of(
          "", "1", "2", "0", "-1", "999999999", "99999999999999999999", "true", "sweep", "\u202e");

  @Test
  void whateverJobsAreMadeEveryTrialIsTrainedOnceAndNoneCharged() {
    FuzzRun.seeds(40, ForgedJobsFuzzTest::check);
  }

  @Test
  @Tag("fuzz")
  void whateverJobsAreMadeEveryTrialIsTrainedOnceAndNoneChargedForLong() {
    FuzzRun.minutes(ForgedJobsFuzzTest::check);
  }

  private static void check(long seed) {
    Random random = new Random(seed);
    Simulation simulation = new Simulation(SmallSweeps.specs());
    for (int step = 0; step < 8; step++) {
      simulation.turn();
      for (Trial trial : simulation.trials()) {
        if (random.nextInt(3) == 0) {
          forge(simulation, trial, random);
        }
      }
      simulation.pass();
      if (random.nextInt(6) == 0) {
        simulation.restart();
      }
    }
    simulation.runToFinish().checkPromises();
    assertThat(simulation.trials())
        .hasSize(9)
        .allSatisfy(
            trial -> {
              TrialStatus status = Objects.requireNonNull(trial.getStatus());
              assertThat(Objects.requireNonNull(status.result()).trainLoss()).isGreaterThan(1.0);
              assertThat(status.failures()).as("charged").isZero();
            });
  }

  private static void forge(Simulation simulation, Trial trial, Random random) {
    int attempt = 1 + random.nextInt(3);
    Job job =
        random.nextBoolean() ? Forgery.finished(trial, attempt) : Forgery.running(trial, attempt);
    ObjectMeta metadata = job.getMetadata();
    if (simulation.memory.jobs().stream()
        .anyMatch(there -> there.getMetadata().getName().equals(metadata.getName()))) {
      return;
    }
    metadata.setLabels(spoiled(metadata.getLabels(), random));
    metadata.setAnnotations(spoiled(metadata.getAnnotations(), random));
    if (random.nextInt(4) == 0) {
      metadata.getAnnotations().put(Labels.ATTEMPT_TOKEN, text(random));
    }
    Job made = simulation.memory.create(job);
    simulation.memory.create(Forgery.succeeded(made, trial));
  }

  private static Map<String, String> spoiled(Map<String, String> sound, Random random) {
    Map<String, String> spoiled = new HashMap<>(sound);
    for (String key : sound.keySet()) {
      if (random.nextInt(4) == 0) {
        spoiled.put(key, text(random));
      } else if (random.nextInt(6) == 0) {
        spoiled.remove(key);
      }
    }
    return spoiled;
  }

  private static String text(Random random) {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }
}
