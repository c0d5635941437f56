package dev.isoflop.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.metric.MetricValue;
import dev.isoflop.operator.FuzzRun;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.trial.TrialResult;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever workers leave as their messages: what is stored is sound, and no turn breaks off. */
class MessagesFuzzTest {
  @Test
  void whateverWorkersLeaveIsStoredSoundOrRefused() {
    FuzzRun.seeds(60, MessagesFuzzTest::check);
  }

  @Test
  @Tag("fuzz")
  void whateverWorkersLeaveIsStoredSoundOrRefusedForLong() {
    FuzzRun.minutes(MessagesFuzzTest::check);
  }

  private static void check(long seed) {
    Simulation simulation = new Simulation(SmallSweeps.specs());
    Random random = new Random(~seed);
    HostileMessages hostile = new HostileMessages(seed);
    simulation.kubelet.messages = sound -> random.nextInt(3) == 0 ? sound : hostile.of(sound);
    simulation.run(60);
    assertThat(simulation.statusRefusals).as("statuses beyond the schema").isZero();
    assertThat(simulation.memory.jobs()).isNotEmpty();
    assertThat(simulation.trials())
        .hasSizeGreaterThanOrEqualTo(9) // a strange loss may add sizes
        .allSatisfy(
            trial ->
                Optional.ofNullable(trial.getStatus())
                    .map(TrialStatus::result)
                    .ifPresent(result -> checkSound(trial, result)));
  }

  private static void checkSound(Trial trial, TrialResult result) {
    assertThat(result.key()).isEqualTo(trial.getSpec().key());
    assertThat(result.trial()).isEqualTo(trial.getMetadata().getName());
    assertThat(result.metrics()).extracting(MetricValue::value).allMatch(Double::isFinite);
    if (result.outcome().type() == OutcomeType.Succeeded) {
      TrialExperiment planned = trial.getSpec().experiment();
      assertThat(result.steps()).isEqualTo(planned.steps());
      assertThat(result.parameters()).isEqualTo(planned.shape().parameters());
      assertThat(result.samples()).isEqualTo(planned.samples());
      assertThat(result.flops()).isEqualTo(planned.flops());
      assertThat(result.metrics()).isNotEmpty();
      assertThat(result.metrics().get(0).value()).isNotNegative();
    }
  }
}
