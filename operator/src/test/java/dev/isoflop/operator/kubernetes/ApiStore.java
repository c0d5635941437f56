package dev.isoflop.operator.kubernetes;

import dev.isoflop.operator.kubernetes.reconcile.StatusWrite;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;

/** The store behind an API server, be it a mock or a real one. */
public final class ApiStore implements ClusterStore {
  private final KubernetesClient client;

  private final StatusWrite statusWrite;

  ApiStore(KubernetesClient client, StatusWrite statusWrite) {
    this.client = client;
    this.statusWrite = statusWrite;
  }

  @Override
  public <T extends HasMetadata> List<T> all(Class<T> type) {
    return client.resources(type).inNamespace(SmallSweeps.NAMESPACE).list().getItems();
  }

  @Override
  public void create(Pod pod) {
    client.resource(pod).create();
  }

  @Override
  public void update(Pod pod) {
    status(pod, pod.getStatus());
  }

  @Override
  public void update(Job job) {
    status(job, job.getStatus());
  }

  /** The mock's merge patch loses texts inside lists. */
  private void status(HasMetadata resource, Object status) {
    if (statusWrite == StatusWrite.Update) {
      client.resource(resource).updateStatus();
      return;
    }
    client
        .resource(resource)
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(Map.of("status", status)));
  }

  @Override
  public void remove(HasMetadata resource) {
    client.resource(resource).delete();
  }
}
