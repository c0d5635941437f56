package dev.isoflop.operator.kubernetes.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ListMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever may create pods may label any number of large ones as a Job's. */
@EnableKubernetesMockClient
class PodLookupTest {
  private static final String PATH =
      "/api/v1/namespaces/research/pods?labelSelector=batch.kubernetes.io%2Fjob-name%3Djob";

  private static final Job JOB =
      new JobBuilder()
          .withNewMetadata()
          .withName("job")
          .withNamespace("research")
          .withUid("job-uid")
          .endMetadata()
          .build();

  @SuppressWarnings("NullAway.Init") // set by the annotation above
  private KubernetesMockServer server;

  @SuppressWarnings("NullAway.Init") // set by the annotation above
  private KubernetesClient client;

  private static Pod pod(String name, String owner) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("research")
        .addNewOwnerReference()
        .withApiVersion("batch/v1")
        .withKind("Job")
        .withName("job")
        .withUid(owner)
        .withController(true)
        .endOwnerReference()
        .endMetadata()
        .withNewSpec()
        .endSpec()
        .build();
  }

  /** A page of pods that others have made, after which there are more. */
  private static PodList page(Pod... own) {
    List<Pod> pods = new ArrayList<>(List.of(own));
    while (pods.size() < WatchedResources.PAGE) {
      pods.add(pod("other-" + pods.size(), "another-uid"));
    }
    return new PodListBuilder()
        .withMetadata(new ListMetaBuilder().withContinue("more").build())
        .withItems(pods)
        .build();
  }

  @Test
  void podsAreReadInPagesAndSoManyAlone() {
    server
        .expect()
        .get()
        .withPath(PATH + "&limit=20")
        .andReturn(200, page(pod("own", "job-uid")))
        .once();
    server
        .expect()
        .get()
        .withPath(PATH.replace("?", "?continue=more&") + "&limit=20")
        .andReturn(200, page())
        .always();

    assertThat(PodLookup.in(client).of(JOB))
        .extracting(pod -> pod.getMetadata().getName())
        .containsExactly("own");
    assertThat(server.getRequestCount()).isEqualTo((int) (PodLookup.MOST / WatchedResources.PAGE));
  }
}
