package dev.isoflop.operator.kubernetes.access;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.operator.kubernetes.observe.StoredJson;
import dev.isoflop.operator.kubernetes.reconcile.OperatorSettings.Lease;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Asks a cluster once for each thing that an operator watches. What stands in the way comes back in
 * one line, before threads, timers and watches start that would each tell of it in their own way.
 */
public final class ClusterCheck {
  /** Token of the service account, in a pod. */
  private static final Path POD_TOKEN = Path.of(Config.KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH);

  private static final int TIMEOUT_MILLIS = 10_000;
  private static final ListOptions ONE = new ListOptionsBuilder().withLimit(1L).build();
  private static final List<Class<? extends HasMetadata>> WATCHED =
      List.of(ScalingSweep.class, Trial.class, Job.class, Pod.class);

  private final Set<String> namespaces;
  private final Optional<Lease> lease;

  /**
   * A check for an operator.
   *
   * @param namespaces whose sweeps it serves; empty for all
   * @param lease by which it takes the lead, if it does
   */
  public ClusterCheck(Set<String> namespaces, Optional<Lease> lease) {
    this.namespaces = new TreeSet<>(namespaces);
    this.lease = lease;
  }

  /**
   * The fault of the cluster that this environment names, as kubectl would find it.
   *
   * @param environment the variables of the process
   */
  public Optional<ClusterFault> fault(Map<String, String> environment) {
    List<Path> files = Config.getKubeconfigFilenames().stream().map(Path::of).toList();
    Optional<ClusterFault> fault =
        new KubeconfigCheck(files, environment.getOrDefault("PATH", "")).fault();
    if (fault.isPresent()) {
      return fault;
    }
    Config config = Config.autoConfigure(null);
    if (files.stream().noneMatch(Files::isRegularFile)
        && !Files.exists(POD_TOKEN)
        && config.getMasterUrl().startsWith(Config.DEFAULT_MASTER_URL)) {
      return Optional.of(nothingNamed(files, environment));
    }
    return fault(config);
  }

  private static ClusterFault nothingNamed(List<Path> files, Map<String, String> environment) {
    String tried = String.join(File.pathSeparator, files.stream().map(Path::toString).toList());
    return ClusterFault.configuration(
        "no cluster is named: there is no kubeconfig %s%s, and this process is not in a pod; %s"
            .formatted(
                tried,
                environment.containsKey("KUBECONFIG") ? " (KUBECONFIG)" : "",
                "let KUBECONFIG name the kubeconfig of a cluster, or install the chart in one"));
  }

  /** The fault of the server that a configuration names; empty if it answers. */
  Optional<ClusterFault> fault(Config config) {
    Config impatient =
        new ConfigBuilder(config)
            .withConnectionTimeout(TIMEOUT_MILLIS)
            .withRequestTimeout(TIMEOUT_MILLIS)
            .withRequestRetryBackoffLimit(0)
            .build();
    try (KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(impatient)
            .withKubernetesSerialization(StoredJson.serialization())
            .build()) {
      return fault(client);
    } catch (KubernetesClientException e) {
      return Optional.of(new Refusals(config).fault(e, "be asked"));
    }
  }

  private Optional<ClusterFault> fault(KubernetesClient client) {
    Refusals refusals = new Refusals(client.getConfiguration());
    for (Class<? extends HasMetadata> kind : WATCHED) {
      String plural = HasMetadata.getPlural(kind);
      if (namespaces.isEmpty()) {
        Optional<ClusterFault> fault =
            refusals.of(
                () -> client.resources(kind).inAnyNamespace().list(ONE),
                "list %s in all namespaces".formatted(plural));
        if (fault.isPresent()) {
          return fault;
        }
      }
      for (String namespace : namespaces) {
        Optional<ClusterFault> fault =
            refusals.of(
                () -> client.resources(kind).inNamespace(namespace).list(ONE),
                "list %s in namespace %s".formatted(plural, namespace));
        if (fault.isPresent()) {
          return fault;
        }
      }
    }
    return lease.flatMap(
        held ->
            refusals.of(
                () -> client.leases().inNamespace(held.namespace()).withName(held.name()).get(),
                "get leases in namespace " + held.namespace()));
  }
}
