package dev.isoflop.operator.kubernetes.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.operator.kubernetes.Simulation;
import dev.isoflop.operator.kubernetes.SmallSweeps;
import dev.isoflop.operator.kubernetes.resources.WorkerPod;
import dev.isoflop.trial.TrialExperiment;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class WatchedResourcesTest {
  private static final ResourceDefinitionContext WORKLOADS =
      new ResourceDefinitionContext.Builder()
          .withGroup("kueue.x-k8s.io")
          .withVersion("v1beta1")
          .withKind("Workload")
          .withPlural("workloads")
          .withNamespaced(true)
          .build();

  @SuppressWarnings("NullAway.Init") // set by the extension
  static KubernetesClient client;

  @Test
  void ofAPodWhatATurnReadsIsKept() {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("pod")
            .withNamespace("research")
            .withLabels(Map.of("trial", "one"))
            .withAnnotations(Map.of("sweep", "quickstart", "config", "{" + " ".repeat(5_000) + "}"))
            .withManagedFields(new ManagedFieldsEntry())
            .endMetadata()
            .withNewSpec()
            .withNodeName("node")
            .addNewVolume()
            .withName("cache")
            .endVolume()
            .addNewVolume()
            .withName("isoflop-trial")
            .withNewPersistentVolumeClaim("checkpoints", false)
            .endVolume()
            .addNewContainer()
            .withName("worker")
            .withImage("worker:1")
            .withNewResources()
            .withLimits(Map.of("memory", new Quantity("8Gi")))
            .endResources()
            .endContainer()
            .endSpec()
            .withNewStatus()
            .withPhase("Running")
            .withPodIP("10.0.0.1")
            .endStatus()
            .build();
    client.resource(pod).create();

    Pod read = read(Pod.class, "pod");

    assertThat(read.getMetadata().getLabels()).containsEntry("trial", "one");
    assertThat(read.getMetadata().getAnnotations())
        .containsEntry("sweep", "quickstart")
        .containsEntry("config", "");
    assertThat(read.getMetadata().getManagedFields()).isEmpty();
    assertThat(read.getSpec().getVolumes()).hasSize(1);
    assertThat(WorkerPod.claim(read)).isEqualTo("checkpoints");
    assertThat(read.getSpec().getNodeName()).isEqualTo("node");
    assertThat(read.getSpec().getContainers())
        .singleElement()
        .satisfies(
            container -> {
              assertThat(container.getName()).isEqualTo("worker");
              assertThat(container.getImage()).isNull();
              assertThat(container.getResources().getLimits())
                  .containsEntry("memory", new Quantity("8Gi"));
            });
    assertThat(read.getStatus()).isEqualTo(pod.getStatus());
  }

  @Test
  void ofAJobAllButItsPodTemplateIsKept() {
    Job job =
        new JobBuilder()
            .withNewMetadata()
            .withName("job")
            .withNamespace("research")
            .endMetadata()
            .withNewSpec()
            .withSuspend(true)
            .withTtlSecondsAfterFinished(60)
            .withNewTemplate()
            .withNewSpec()
            .withRestartPolicy("Never")
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();
    client.resource(job).create();

    Job read = read(Job.class, "job");

    assertThat(read.getSpec().getTemplate()).isNull();
    assertThat(read.getSpec().getSuspend()).isTrue();
    assertThat(read.getSpec().getTtlSecondsAfterFinished()).isEqualTo(60);
    assertThat(read.getSpec().getAdditionalProperties()).isEmpty();
  }

  /** Whoever may write an event or a Workload could give it half a million labels. */
  @Test
  void ofWhatIsAskedForNoMoreIsKeptThanFits() {
    Map<String, String> labels = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      labels.put("label-" + i, "");
    }
    Event event =
        new EventBuilder()
            .withNewMetadata()
            .withName("event")
            .withNamespace("research")
            .withLabels(labels)
            .endMetadata()
            .withReason("FailedMount")
            .withNote("n".repeat(1_000))
            .withNewRegarding()
            .withUid("pod")
            .endRegarding()
            .build();
    GenericKubernetesResource workload =
        new GenericKubernetesResourceBuilder()
            .withApiVersion("kueue.x-k8s.io/v1beta1")
            .withKind("Workload")
            .withNewMetadata()
            .withName("workload")
            .withNamespace("research")
            .addToLabels("kueue.x-k8s.io/job-uid", "job")
            .endMetadata()
            .addToAdditionalProperties("spec", Map.of("args", Collections.nCopies(100_000, "")))
            .build();
    client.resource(event).create();
    client.genericKubernetesResources(WORKLOADS).resource(workload).create();

    Event read = read(Event.class, "event");
    assertThat(read.getMetadata().getLabels()).hasSizeLessThan(3_000);
    assertThat(read.getRegarding().getUid()).isEqualTo("pod");
    try (WatchedResources watched = new WatchedResources(client)) {
      GenericKubernetesResource brief =
          watched
              .client()
              .genericKubernetesResources(WORKLOADS)
              .inNamespace("research")
              .withName("workload")
              .get();
      assertThat(brief.getMetadata().getLabels()).containsEntry("kueue.x-k8s.io/job-uid", "job");
      assertThat(brief.getAdditionalProperties()).doesNotContainKey("spec");
    }
  }

  @Test
  void ofAnEventWhatATurnReadsIsKept() {
    Event event =
        new EventBuilder()
            .withNewMetadata()
            .withName("plain")
            .withNamespace("research")
            .endMetadata()
            .withEventTime(new MicroTime("2026-01-01T00:00:00.000000Z"))
            .withReason("FailedMount")
            .withNote("n".repeat(1_000))
            .withDeprecatedLastTimestamp("2026-01-01T00:00:00Z")
            .withNewSeries()
            .withCount(2)
            .withLastObservedTime(new MicroTime("2026-01-01T00:01:00.000000Z"))
            .endSeries()
            .withNewRegarding()
            .withKind("Pod")
            .withUid("pod")
            .endRegarding()
            .build();
    client.resource(event).create();

    Event read = read(Event.class, "plain");
    assertThat(read.getReason()).isEqualTo("FailedMount");
    assertThat(read.getNote()).isEqualTo(event.getNote());
    assertThat(read.getEventTime()).isEqualTo(event.getEventTime());
    assertThat(read.getDeprecatedLastTimestamp()).isEqualTo(event.getDeprecatedLastTimestamp());
    assertThat(read.getSeries()).isEqualTo(event.getSeries());
    assertThat(read.getRegarding()).isEqualTo(event.getRegarding());
  }

  @Test
  void whatTrialsHaveInCommonIsKeptOnce() {
    Simulation simulation = new Simulation(SmallSweeps.specs());
    simulation.turn();
    simulation.trials().forEach(trial -> client.resource(trial).create());

    try (WatchedResources watched = new WatchedResources(client)) {
      List<Trial> read = watched.client().resources(Trial.class).inAnyNamespace().list().getItems();
      assertThat(read).hasSameSizeAs(simulation.trials());
      assertThat(read)
          .extracting(trial -> trial.getSpec().experiment())
          .containsExactlyInAnyOrderElementsOf(
              simulation.trials().stream().map(trial -> trial.getSpec().experiment()).toList());
      TrialExperiment first = read.get(0).getSpec().experiment();
      assertThat(read)
          .extracting(trial -> trial.getSpec().experiment())
          .allSatisfy(
              experiment -> {
                assertThat(experiment.data()).isSameAs(first.data());
                assertThat(experiment.training()).isSameAs(first.training());
                assertThat(experiment.evaluation()).isSameAs(first.evaluation());
              });
    }
  }

  private static <T extends HasMetadata> T read(Class<T> type, String name) {
    try (WatchedResources watched = new WatchedResources(client)) {
      return watched.client().resources(type).inNamespace("research").withName(name).get();
    }
  }
}
