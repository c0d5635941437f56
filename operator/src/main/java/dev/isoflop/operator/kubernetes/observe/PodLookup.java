package dev.isoflop.operator.kubernetes.observe;

import dev.isoflop.operator.kubernetes.resources.Owners;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** Asks for the pods of a Job as they are now, where watches may be behind. */
@FunctionalInterface
public interface PodLookup {
  /** All pods that the Job controls. */
  List<Pod> of(Job job);

  /** Asks the API server. */
  static PodLookup in(KubernetesClient client) {
    return job ->
        client
            .pods()
            .inNamespace(job.getMetadata().getNamespace())
            .withLabel("batch.kubernetes.io/job-name", job.getMetadata().getName())
            .list()
            .getItems()
            .stream()
            .filter(pod -> Owners.owns(job, pod))
            .toList();
  }
}
