package dev.isoflop.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.kubernetes.resources.Labels;
import dev.isoflop.operator.sweep.state.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Objects as large as an API server stores them, as many as would fill the operator's memory
 * several times, end neither it nor its service for others: a real API server, the operator's
 * process with the memory that the chart gives it.
 */
@EnabledIfEnvironmentVariable(
    named = Cluster.FOLDER_VARIABLE,
    matches = ".+",
    disabledReason = "no Kubernetes API server: KUBE_API_TEST_DIR is not set")
class LargeObjectsTest {
  private static final String NAMESPACE = OneOperator.NAMESPACE;

  private static final String SWEEPS =
      "/apis/isoflop.dev/v1alpha1/namespaces/" + NAMESPACE + "/scalingsweeps";

  /** Number of sweeps, and of Jobs; together they hold about 290 MB, the process's heap 230. */
  private static final int MANY = 120;

  private static final String LARGE = "x".repeat(1_200_000);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // set by the test
  private OneOperator installed;

  @Test
  void nobodyFillsTheOperatorsMemory() throws Exception {
    try (Cluster cluster = Cluster.start();
        KubernetesClient client = cluster.client()) {
      installed = OneOperator.install(cluster, client, folder);
      IntStream.range(0, MANY)
          .parallel()
          .forEach(
              i -> {
                client.resource(large(sweep("large-" + i))).create();
                client.resource(job("forged-" + i)).create();
              });
      try (PodProcess operator = installed.start()) {
        serves(client, operator, "first");
        client.raw(SWEEPS, "POST", deep(sweep("deep")));
        client.raw(SWEEPS, "POST", longNames(sweep("long-names")));
        serves(client, operator, "second");
        until(operator, () -> accepted(client, "large-7").isPresent());
      }
      Condition refused = accepted(client, "large-7").orElseThrow();
      assertThat(refused.getStatus()).isEqualTo("False");
      assertThat(refused.getReason()).isEqualTo("Unreadable");
      assertThat(refused.getMessage()).startsWith("spec: ").contains("128 KiB");
      try (PodProcess operator = installed.start()) {
        serves(client, operator, "third");
      }
      assertThat(installed.log()).doesNotContain("OutOfMemory");
    }
  }

  /** Waits until an ordinary sweep is planned and started, whatever else there is. */
  private void serves(KubernetesClient client, PodProcess operator, String name) throws Exception {
    client.resource(sweep(name)).create();
    until(
        operator,
        () ->
            !client
                .batch()
                .v1()
                .jobs()
                .inNamespace(NAMESPACE)
                .withLabel(Labels.SWEEP, name)
                .list()
                .getItems()
                .isEmpty());
  }

  private void until(PodProcess operator, BooleanSupplier done) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!done.getAsBoolean()) {
      assertThat(operator.exit()).as(installed::lastWords).isEmpty();
      assertThat(Instant.now()).as("the operator is silent").isBefore(end);
      Thread.sleep(500);
    }
  }

  private static Optional<Condition> accepted(KubernetesClient client, String name) {
    ScalingSweep sweep =
        client.resources(ScalingSweep.class).inNamespace(NAMESPACE).withName(name).get();
    return sweep.getStatus() == null
        ? Optional.empty()
        : ConditionType.Accepted.in(sweep.getStatus().conditions());
  }

  private static GenericKubernetesResource sweep(String name) {
    try {
      GenericKubernetesResource sweep =
          Serialization.unmarshal(
              Files.readString(Path.of("../examples/quickstart.yaml")),
              GenericKubernetesResource.class);
      sweep.getMetadata().setName(name);
      sweep.getMetadata().setNamespace(NAMESPACE);
      return sweep;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> template(GenericKubernetesResource sweep) {
    return (Map<String, Object>) sweep.get("spec", "scheduling", "podTemplate");
  }

  private static GenericKubernetesResource large(GenericKubernetesResource sweep) {
    template(sweep).put("metadata", Map.of("annotations", Map.of("note", LARGE)));
    return sweep;
  }

  /** Deeper than parsers go, and writers, by default. */
  private static String deep(GenericKubernetesResource sweep) {
    template(sweep).put("nested", "HERE");
    return Serialization.asJson(sweep).replace("\"HERE\"", "[".repeat(3_000) + "]".repeat(3_000));
  }

  /** Names longer than parsers read by default. */
  private static String longNames(GenericKubernetesResource sweep) {
    template(sweep).put("metadata", Map.of("annotations", Map.of("n".repeat(60_000), "")));
    return Serialization.asJson(sweep);
  }

  /** A Job that says of itself that it is the operator's. */
  private static Job job(String name) {
    return new JobBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(NAMESPACE)
        .addToLabels(Labels.MANAGED_BY, Labels.OPERATOR)
        .addToAnnotations(Labels.SWEEP_NAME, "first")
        .endMetadata()
        .withNewSpec()
        .withNewTemplate()
        .withNewSpec()
        .withRestartPolicy("Never")
        .addNewContainer()
        .withName("worker")
        .withImage("forged")
        .addNewEnv()
        .withName("LARGE")
        .withValue(LARGE)
        .endEnv()
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }
}
