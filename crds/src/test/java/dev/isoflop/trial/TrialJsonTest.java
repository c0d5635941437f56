package dev.isoflop.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isoflop.metric.Metric;
import dev.isoflop.metric.MetricValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrialJsonTest {
  static final String EXPERIMENT =
      """
      {"budgetFlops": 1e17, "flopConvention": "Analytic", "steps": 10, "repeat": 0,
       "shape": {"architecture": "InContext", "layers": 2, "width": 128, "headDimension": 64,
                 "patchSize": 2, "imageSize": 32, "channels": 3, "textTokens": 32, "textWidth": 64},
       "data": {"train": {"name": "a", "uri": "scenes:solid", "format": "Scenes"},
                "evaluation": [{"name": "a", "uri": "scenes:solid", "format": "Scenes"}]},
       "training": {"batchSize": 64}, "evaluation": {}}
      """;

  private static TrialExperiment experiment() throws Exception {
    return TrialJson.MAPPER.readValue(EXPERIMENT, TrialExperiment.class);
  }

  @Test
  void resultRoundTrips() throws Exception {
    List<MetricValue> metrics = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      for (int set = 0; set < 2; set++) {
        metrics.add(
            new MetricValue(
                metric, "dataset-" + set, 0.123456789012345, 1e-3, 10_000, "sha256:0123456789"));
      }
    }
    TrialResult result =
        new TrialResult(
            "sweep-1e17-l4w256-3f9a1c",
            "0123456789abcdef",
            TrialOutcome.excluded(OutcomeReason.Diverged, "the loss was NaN at step 17"),
            393_216,
            400_000,
            17,
            17_408,
            5e6,
            1e17,
            0.82,
            metrics,
            12.5,
            1.5,
            0.7,
            "isoflop 0.1.0, cpu, FP32");
    byte[] json = TrialJson.MAPPER.writeValueAsBytes(result);
    assertThat(TrialJson.MAPPER.readValue(json, TrialResult.class)).isEqualTo(result);
  }

  @Test
  void unknownFieldsAreRefusedByName() {
    assertThatThrownBy(
            () ->
                TrialJson.MAPPER.readValue(
                    EXPERIMENT.replace("\"steps\": 10", "\"steps\": 10, \"stepps\": 1"),
                    TrialExperiment.class))
        .hasMessageContaining("stepps");
  }

  @Test
  void keyDependsOnContentAndNotOnOrderOrNotation() throws Exception {
    String key = TrialKey.of(experiment());
    ObjectNode tree = (ObjectNode) TrialJson.MAPPER.readTree(EXPERIMENT.replace("1e17", "1.0E+17"));
    List<String> names = new ArrayList<>();
    tree.fieldNames().forEachRemaining(names::add);
    Collections.shuffle(names, new Random(1));
    ObjectNode shuffled = TrialJson.MAPPER.createObjectNode();
    names.forEach(name -> shuffled.set(name, tree.get(name)));
    assertThat(TrialKey.of(TrialJson.MAPPER.treeToValue(shuffled, TrialExperiment.class)))
        .isEqualTo(key)
        .hasSize(16);
  }

  @Test
  void keyChangesWithEveryFieldThatDecidesTheNumbers() throws Exception {
    String key = TrialKey.of(experiment());
    for (String change :
        List.of(
            "\"steps\": 10->\"steps\": 11",
            "\"repeat\": 0->\"repeat\": 1",
            "1e17->1e18",
            "\"batchSize\": 64->\"batchSize\": 65",
            "solid->sketched",
            "\"layers\": 2->\"layers\": 3",
            "\"evaluation\": {}->\"evaluation\": {\"samples\": 5}")) {
      String[] parts = change.split("->", -1);
      JsonNode changed = TrialJson.MAPPER.readTree(EXPERIMENT.replace(parts[0], parts[1]));
      assertThat(TrialKey.of(TrialJson.MAPPER.treeToValue(changed, TrialExperiment.class)))
          .as(change)
          .isNotEqualTo(key);
    }
  }

  /** A key once written must stay readable for ever: it names folders and resources. */
  @Test
  void keyIsStableOverReleases() throws Exception {
    assertThat(TrialKey.of(experiment())).isEqualTo("bbf19c62a89d8c9c");
  }

  /** What was trained while a clip of 0 stopped all training is not what it means now. */
  @Test
  void aKeyWithoutClippingIsNotThatOfTrialsThatTrainedNothing() throws Exception {
    String unclipped =
        EXPERIMENT.replace("\"batchSize\": 64", "\"batchSize\": 64, \"gradientClip\": 0");
    assertThat(TrialKey.of(TrialJson.MAPPER.readValue(unclipped, TrialExperiment.class)))
        .isNotEqualTo("e81f395e4b608c37")
        .hasSize(16);
  }

  @Test
  void countsSamplesTokensAndFlops() throws Exception {
    TrialExperiment experiment = experiment();
    assertThat(experiment.samples()).isEqualTo(640);
    assertThat(experiment.tokens()).isEqualTo(640.0 * (256 + 32 + 1));
    assertThat(experiment.flops())
        .isEqualTo(640 * experiment.shape().trainingFlops(experiment.flopConvention()));
  }
}
