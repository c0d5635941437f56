package dev.isoflop.operator.kubernetes.observe;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/** Asks for a Job as it is now, where watches may be behind. */
@FunctionalInterface
public interface JobLookup {
  /** The Job of a name; empty if there is none. */
  Optional<Job> of(String namespace, String name);

  /** Asks the API server. */
  static JobLookup in(KubernetesClient client) {
    return (namespace, name) ->
        Optional.ofNullable(client.batch().v1().jobs().inNamespace(namespace).withName(name).get());
  }
}
