package dev.isoflop.operator.kubernetes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.operator.kubernetes.Simulation;
import dev.isoflop.operator.kubernetes.SmallSweeps;
import dev.isoflop.operator.sweep.state.ConditionType;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sweeps that an API server stored before a rule existed: it does not hold them to the new schema,
 * so the operator does, as it holds a manifest to it, before anything is spent.
 */
class StoredBeforeARuleTest {
  private static ScalingSweep stored(String pointer, String json) {
    ObjectNode sweep =
        Serialization.unmarshal(
            Serialization.asJson(SmallSweeps.of("sweep", SmallSweeps.specs())), ObjectNode.class);
    int name = pointer.lastIndexOf('/');
    JsonNode parent = sweep.at(pointer.substring(0, name));
    ((ObjectNode) parent)
        .set(pointer.substring(name + 1), Serialization.unmarshal(json, JsonNode.class));
    return Serialization.unmarshal(sweep.toString(), ScalingSweep.class);
  }

  private static Simulation turned(ScalingSweep sweep) {
    Simulation simulation = new Simulation(sweep);
    simulation.run(3);
    return simulation;
  }

  /** Asserts that nothing of it exists, and gives the condition's message. */
  private static String refusal(Simulation simulation, String reason) {
    assertThat(simulation.trials()).isEmpty();
    assertThat(simulation.condition(ConditionType.Accepted))
        .satisfies(
            accepted -> {
              assertThat(accepted.getStatus()).isEqualTo("False");
              assertThat(accepted.getReason()).isEqualTo(reason);
            });
    assertThat(simulation.isTrue(ConditionType.Finished)).isTrue();
    return simulation.condition(ConditionType.Accepted).getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /spec/grid/repeats|17|OutOfRange|spec.grid.repeats: is 17; give 1 to 16
          /spec/grid/span|0.5|OutOfRange|spec.grid.span: is 0.5; give 1 to 1024
          /spec/budgets|[]|OutOfRange|spec.budgets: is empty; give it: Training FLOPs of one trial, one
          /spec/budgets|[1e10, null]|Missing|spec.budgets[1]: is missing; give it, or remove the item
          /spec/budgets|null|Missing|spec.budgets: is missing; give it: Training FLOPs of one trial
          /spec/data|null|Missing|spec.data: is missing; give it: What the models train on
          /spec/data/train|null|Missing|spec.data.train: is missing; give it: The training set
          /spec/data/evaluation|[null]|Missing|spec.data.evaluation[0]: is missing; give it, or
          /spec/data/evaluation|null|Missing|spec.data.evaluation: is missing; give it: Evaluation sets
          /spec/data/train/name|"Of/Slashes"|OutOfRange|spec.data.train.name: 'Of/Slashes' does not have the right form; give it: Name in metrics
          /spec/storage/path|"../others"|OutOfRange|spec.storage.path: '../others' does not have the right form; give it: Folder inside
          /spec/storage/claimName|""|OutOfRange|spec.storage.claimName: is empty; give it: Persistent volume claim
          /spec/scheduling/trialDeadline|"soon"|OutOfRange|spec.scheduling.trialDeadline: is soon; give a positive ISO 8601 duration, such as PT10M
          /spec/collection/interval|"often"|OutOfRange|spec.collection.interval: is often; give a positive ISO 8601 duration
          /spec/scheduling/queueName|"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"|OutOfRange|spec.scheduling.queueName: is of 68 characters; give 0 to 63 characters
          /spec/training/microBatch|2000|OutOfRange|spec.training.microBatch: is 2000; give 1 to training.batchSize, 8, or absent
          /spec/training/emaDecay|1.5|OutOfRange|spec.training.emaDecay: is 1.5; give 0 to 1
          /spec/grid/layers|{"min": 9, "max": 3}|OutOfRange|spec.grid.layers.max: is 3; give at least grid.layers.min, 9
          /spec/laws/validatePrediction|1e10|OutOfRange|spec.laws.validatePrediction: is 1.0E10; give none of budgets
          /spec/data/imageSize|512|DataInvalid|spec.data.imageSize: is 512, but a set of pictures is read; give 8 to 256
          """)
  void isRefusedByFieldWithItsValueAndTheWayOut(
      String pointer, String json, String reason, String message) {
    assertThat(refusal(turned(stored(pointer, json)), reason)).startsWith(message);
  }

  /** An address of yesterday may hold a password; a condition must not. */
  @Test
  void tellsNoSecret() {
    Simulation simulation =
        turned(stored("/spec/collection/prometheusUrl", "\"http://me:word@prometheus:9090\""));

    assertThat(refusal(simulation, "OutOfRange"))
        .startsWith("spec.collection.prometheusUrl: ")
        .doesNotContain("word");
  }

  @Test
  void anEmptySpecIsToldAllThatItLacks() {
    ScalingSweep sweep = SmallSweeps.of("sweep", SmallSweeps.specs());
    sweep.setSpec(Serialization.unmarshal("{}", ScalingSweepSpec.class));

    assertThat(refusal(turned(sweep), "Missing"))
        .startsWith("spec.budgets: is missing; give it: Training FLOPs")
        .contains("spec.data: is missing");
  }

  @Test
  void aSweepWithoutASpecIsMarked() {
    Simulation simulation =
        turned(
            Serialization.unmarshal(
                "{\"metadata\": {\"name\": \"sweep\", \"namespace\": \"default\"}}",
                ScalingSweep.class));

    assertThat(simulation.trials()).isEmpty();
    assertThat(simulation.condition(ConditionType.Accepted))
        .satisfies(
            accepted -> {
              assertThat(accepted.getStatus()).isEqualTo("False");
              assertThat(accepted.getReason()).isEqualTo("Unreadable");
              assertThat(accepted.getMessage())
                  .isEqualTo("spec: is missing; give it, or delete the resource");
            });
  }

  @Test
  void isTakenUpOnceItIsMended() {
    Simulation simulation = turned(stored("/spec/grid/repeats", "17"));
    assertThat(simulation.isTrue(ConditionType.Accepted)).isFalse();
    ScalingSweep mended = Serialization.clone(simulation.sweep());
    mended.setSpec(SmallSweeps.specs().build());
    mended.getMetadata().setGeneration(2L);
    simulation.memory.edit(mended);

    simulation.run(2);

    assertThat(simulation.isTrue(ConditionType.Accepted)).isTrue();
    assertThat(simulation.trials()).isNotEmpty();
  }
}
