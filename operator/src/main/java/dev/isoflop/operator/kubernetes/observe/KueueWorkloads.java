package dev.isoflop.operator.kubernetes.observe;

import dev.isoflop.operator.kubernetes.observe.NamespaceListings.Listing;
import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kueue's own account of the Jobs that it has not admitted: the message of the first condition of
 * their Workload that is not met. Asked for while Jobs wait, at most twice a minute in a namespace.
 */
final class KueueWorkloads implements QueueReasons {
  private static final Logger LOG = LoggerFactory.getLogger(KueueWorkloads.class);
  private static final String GROUP = "kueue.x-k8s.io";
  private static final String JOB_UID = GROUP + "/job-uid";
  private static final List<String> STEPS = List.of("QuotaReserved", "Admitted");

  /** Workloads of a namespace that are looked at. */
  private static final long MOST = 2000;

  private final KubernetesClient client;
  private final NamespaceListings listings =
      new NamespaceListings((namespace, now, known) -> list(namespace, now));

  KueueWorkloads(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Optional<String> of(Job job, Instant now) {
    return listings.of(job, now);
  }

  private Listing list(String namespace, Instant now) {
    try {
      @Nullable APIGroup kueue = client.getApiGroup(GROUP);
      if (kueue == null) {
        return Listing.failed(now);
      }
      Map<String, String> reasons = new HashMap<>();
      Pages.list(
          client
              .genericKubernetesResources(workloads(kueue.getPreferredVersion().getVersion()))
              .inNamespace(namespace)
              .withLabel(JOB_UID),
          MOST,
          workload ->
              reason(workload)
                  .ifPresent(
                      reason ->
                          reasons.put(
                              workload.getMetadata().getLabels().get(JOB_UID),
                              Listing.kept(reason))));
      return Listing.fresh(now, reasons);
    } catch (KubernetesClientException e) {
      // Told for the reader's sake alone: nothing depends on it.
      LOG.warn(
          "Kueue's reasons in namespace {} cannot be read, and are not shown for {} minutes; the"
              + " chart grants that with kueue.enabled=true: {}",
          namespace,
          NamespaceListings.pauseMinutes(),
          e.getMessage());
      return Listing.failed(now);
    }
  }

  private static ResourceDefinitionContext workloads(String version) {
    return new ResourceDefinitionContext.Builder()
        .withGroup(GROUP)
        .withVersion(version)
        .withKind("Workload")
        .withPlural("workloads")
        .withNamespaced(true)
        .build();
  }

  private static Optional<String> reason(GenericKubernetesResource workload) {
    List<?> conditions =
        workload.get("status", "conditions") instanceof List<?> list ? list : List.of();
    return STEPS.stream()
        .flatMap(
            step ->
                conditions.stream()
                    .filter(Map.class::isInstance)
                    .map(condition -> (Map<?, ?>) condition)
                    .filter(condition -> step.equals(condition.get("type")))
                    .filter(condition -> "False".equals(condition.get("status"))))
        .flatMap(condition -> Stream.ofNullable(condition.get("message")))
        .map(Object::toString)
        .filter(message -> !message.isBlank())
        .findFirst();
  }
}
