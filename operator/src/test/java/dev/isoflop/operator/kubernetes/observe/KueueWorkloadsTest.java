package dev.isoflop.operator.kubernetes.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.APIGroupBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient
class KueueWorkloadsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String LIST =
      "/apis/kueue.x-k8s.io/v1beta1/namespaces/research/workloads"
          + "?labelSelector=kueue.x-k8s.io%2Fjob-uid&limit=20";

  @SuppressWarnings("NullAway.Init") // set by the annotation above
  private KubernetesMockServer server;

  @SuppressWarnings("NullAway.Init") // set by the annotation above
  private KubernetesClient client;

  private static Job job(String uid) {
    return new JobBuilder()
        .withNewMetadata()
        .withName("job-" + uid)
        .withNamespace("research")
        .withUid(uid)
        .endMetadata()
        .build();
  }

  private static Map<String, String> condition(String type, String status, String message) {
    return Map.of("type", type, "status", status, "reason", "Pending", "message", message);
  }

  private static GenericKubernetesResource workload(
      String uid, List<Map<String, String>> conditions) {
    GenericKubernetesResource workload =
        new GenericKubernetesResourceBuilder()
            .withApiVersion("kueue.x-k8s.io/v1beta1")
            .withKind("Workload")
            .withNewMetadata()
            .withName("workload-" + uid)
            .withNamespace("research")
            .withLabels(Map.of("kueue.x-k8s.io/job-uid", uid))
            .endMetadata()
            .build();
    workload.setAdditionalProperty("status", Map.of("conditions", conditions));
    return workload;
  }

  private void installed() {
    server
        .expect()
        .get()
        .withPath("/apis/kueue.x-k8s.io")
        .andReturn(
            200,
            new APIGroupBuilder()
                .withName("kueue.x-k8s.io")
                .withNewPreferredVersion("kueue.x-k8s.io/v1beta1", "v1beta1")
                .build())
        .always();
  }

  private void answer(GenericKubernetesResource... workloads) {
    GenericKubernetesResourceList list = new GenericKubernetesResourceList();
    list.setItems(List.of(workloads));
    server.expect().get().withPath(LIST).andReturn(200, list).once();
  }

  @Test
  void theFirstStepThatIsNotMetIsToldAndKeptForHalfAMinute() {
    installed();
    answer(
        workload(
            "a", List.of(condition("QuotaReserved", "False", "insufficient unused quota for gpu"))),
        workload(
            "b",
            List.of(
                condition("Admitted", "False", "a check is pending"),
                condition("QuotaReserved", "True", "reserved"))),
        workload("c", List.of(condition("Admitted", "True", "admitted"))));
    KueueWorkloads workloads = new KueueWorkloads(client);

    assertThat(workloads.of(job("a"), NOW)).contains("insufficient unused quota for gpu");
    assertThat(workloads.of(job("b"), NOW)).contains("a check is pending");
    assertThat(workloads.of(job("c"), NOW)).isEmpty();
    assertThat(workloads.of(job("d"), NOW.plusSeconds(29))).isEmpty();

    answer(workload("a", List.of(condition("QuotaReserved", "False", "2 more needed"))));
    assertThat(workloads.of(job("a"), NOW.plusSeconds(30))).contains("2 more needed");
  }

  @Test
  void whereItMayNotBeReadNothingIsToldAndNobodyAsksForAWhile() {
    installed();
    server.expect().get().withPath(LIST).andReturn(403, "").once();
    KueueWorkloads workloads = new KueueWorkloads(client);

    assertThat(workloads.of(job("a"), NOW)).isEmpty();
    assertThat(workloads.of(job("a"), NOW.plusSeconds(299))).isEmpty();

    answer(workload("a", List.of(condition("QuotaReserved", "False", "insufficient quota"))));
    assertThat(workloads.of(job("a"), NOW.plusSeconds(300))).contains("insufficient quota");
  }

  @Test
  void withoutKueueNothingIsTold() {
    assertThat(new KueueWorkloads(client).of(job("a"), NOW)).isEmpty();
  }
}
