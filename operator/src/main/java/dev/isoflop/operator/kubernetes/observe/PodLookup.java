package dev.isoflop.operator.kubernetes.observe;

import dev.isoflop.operator.kubernetes.resources.Owners;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;

/** Asks for the pods of a Job as they are now, where watches may be behind. */
@FunctionalInterface
public interface PodLookup {
  /**
   * Pods with a Job's label that are looked at. A Job has had a few; whoever may create pods can
   * label any number so.
   */
  long MOST = 200;

  /** All pods that the Job controls. */
  List<Pod> of(Job job);

  /** Asks the API server. */
  static PodLookup in(KubernetesClient client) {
    return job -> {
      List<Pod> own = new ArrayList<>();
      Pages.list(
          client
              .pods()
              .inNamespace(job.getMetadata().getNamespace())
              .withLabel("batch.kubernetes.io/job-name", job.getMetadata().getName()),
          MOST,
          pod -> {
            if (Owners.owns(job, pod) && !Unreadable.is(pod)) {
              own.add(pod);
            }
          });
      return List.copyOf(own);
    };
  }
}
