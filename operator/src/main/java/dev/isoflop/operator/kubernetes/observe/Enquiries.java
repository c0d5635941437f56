package dev.isoflop.operator.kubernetes.observe;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;

/**
 * Requests that the operator makes only while something is in doubt, in place of watching it.
 *
 * @param queues tell what holds a Job back
 * @param mounts tell what volume keeps a pod from beginning
 * @param pods are those of a Job as they are now
 * @param jobs are Jobs as they are now
 */
public record Enquiries(QueueReasons queues, MountFailures mounts, PodLookup pods, JobLookup jobs) {
  /**
   * Asks the API server.
   *
   * @param client keeps no more of each answer than fits, see {@link WatchedResources#client}
   */
  public static Enquiries in(KubernetesClient client) {
    return new Enquiries(
        new KueueWorkloads(client),
        new MountEvents(client),
        PodLookup.in(client),
        JobLookup.in(client));
  }

  /** Learns nothing. */
  public static Enquiries none() {
    return new Enquiries(
        (job, now) -> Optional.empty(),
        (pod, now) -> Optional.empty(),
        job -> List.of(),
        (namespace, name) -> Optional.empty());
  }
}
