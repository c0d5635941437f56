package dev.isoflop.operator.cli.operator;

import dev.isoflop.operator.admission.PodPolicy;
import dev.isoflop.operator.cli.shared.CommandException;
import dev.isoflop.operator.cli.shared.PositiveWhole;
import dev.isoflop.operator.collect.AllowedHosts;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the operator that trains sweeps on a Kubernetes cluster. */
@Command(
    name = "operator",
    description = {
      "Run the operator: train the ScalingSweeps of a Kubernetes cluster, and write their laws into"
          + " their status.",
      "",
      "It finds the cluster as kubectl does, or by the service account of its pod. Usually the"
          + " chart in helm/ runs it; started here, it works just as well. It logs JSON, and"
          + " serves /metrics and /q/health."
    },
    exitCodeList = {
      "0:stopped by a signal",
      "1:the cluster lacks the CRDs or refuses rights, or leadership was lost",
      "2:an option, the kubeconfig or its credentials cannot be used as given",
      "75:the cluster cannot be reached, or the port is taken; the same command may work later"
    },
    footer = {"  isoflop operator --worker-image registry.example/isoflop-worker:VERSION"})
public final class OperatorCommand implements Callable<Integer> {
  private final OperatorRunner runner;

  @Option(
      names = "--worker-image",
      paramLabel = "IMAGE",
      defaultValue = "${env:ISOFLOP_WORKER_IMAGE}",
      description = "Image of the worker. Default: $ISOFLOP_WORKER_IMAGE.")
  private @Nullable String workerImage;

  @Option(
      names = "--worker-pull-policy",
      paramLabel = "POLICY",
      defaultValue = "${env:ISOFLOP_WORKER_PULL_POLICY:-IfNotPresent}",
      description =
          "Always, IfNotPresent or Never. Default: $ISOFLOP_WORKER_PULL_POLICY or IfNotPresent.")
  private String pullPolicy = "IfNotPresent";

  @Option(
      names = "--worker-service-account",
      paramLabel = "NAME",
      defaultValue = "${env:ISOFLOP_WORKER_SERVICE_ACCOUNT:-}",
      description =
          "Service account that workers run as, in the namespace of their sweep; it needs no"
              + " rights. Default: $ISOFLOP_WORKER_SERVICE_ACCOUNT; if empty, the one named"
              + " default.")
  private String workerAccount = "";

  @Option(
      names = "--allowed-service-accounts",
      paramLabel = "NAMES",
      defaultValue = "${env:ISOFLOP_ALLOWED_SERVICE_ACCOUNTS:-}",
      description =
          "Other service accounts that sweeps may name in their podTemplate, separated by commas."
              + " Default: $ISOFLOP_ALLOWED_SERVICE_ACCOUNTS; none if empty.")
  private String allowedAccounts = "";

  @Option(
      names = "--allowed-volume-types",
      paramLabel = "TYPES",
      defaultValue = "${env:ISOFLOP_ALLOWED_VOLUME_TYPES:-}",
      description =
          "Types of volumes beyond the restricted Pod Security Standard that sweeps may mount by"
              + " their podTemplate, such as nfs or hostPath, separated by commas. Default:"
              + " $ISOFLOP_ALLOWED_VOLUME_TYPES; none if empty.")
  private String allowedVolumeTypes = "";

  @Option(
      names = "--namespaces",
      paramLabel = "NAMES",
      defaultValue = "${env:ISOFLOP_NAMESPACES:-}",
      description =
          "Namespaces to serve, separated by commas. Default: $ISOFLOP_NAMESPACES; all if empty.")
  private String namespaces = "";

  @Option(
      names = "--lease-namespace",
      paramLabel = "NAME",
      defaultValue = "${env:ISOFLOP_LEASE_NAMESPACE:-}",
      description =
          "Namespace of the lease by which replicas elect a leader. Default:"
              + " $ISOFLOP_LEASE_NAMESPACE; no election if empty.")
  private String leaseNamespace = "";

  @Option(
      names = "--lease-name",
      paramLabel = "NAME",
      defaultValue = "${env:ISOFLOP_LEASE_NAME:-isoflop-operator}",
      description =
          "Name of that lease, its own for each installation in a namespace. Default:"
              + " $ISOFLOP_LEASE_NAME or isoflop-operator.")
  private String leaseName = "isoflop-operator";

  @Option(
      names = "--instance",
      paramLabel = "NAME",
      defaultValue = "${env:HOSTNAME:-}",
      description =
          "Name of this replica, its own among all. Default: $HOSTNAME, else one made of the"
              + " process id.")
  private String instance = "";

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "8",
      description = "Sweeps served at once. Default: 8.",
      converter = PositiveWhole.class)
  private Integer parallel = 8;

  @Option(
      names = "--allowed-prometheus",
      paramLabel = "HOSTS",
      defaultValue = "${env:ISOFLOP_ALLOWED_PROMETHEUS:-*.svc,*.svc.cluster.local}",
      description =
          "Hosts that sweeps may name in collection.prometheusUrl, separated by commas: names,"
              + " *.SUFFIX, IP addresses. Default: $ISOFLOP_ALLOWED_PROMETHEUS or Services of the"
              + " cluster, *.svc,*.svc.cluster.local.")
  private String allowedPrometheus = String.join(",", AllowedHosts.SERVICES);

  @Option(
      names = "--trials-per-namespace",
      paramLabel = "N",
      defaultValue = "${env:ISOFLOP_TRIALS_PER_NAMESPACE:-10000}",
      description =
          "Trials that the sweeps of a namespace may have together. Default:"
              + " $ISOFLOP_TRIALS_PER_NAMESPACE or 10000.",
      converter = PositiveWhole.class)
  private Integer trialsPerNamespace = 10_000;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "${env:ISOFLOP_PORT:-8080}",
      description = "Port of /metrics and /q/health. Default: $ISOFLOP_PORT or 8080.",
      converter = PositiveWhole.class)
  private Integer port = 8080;

  public OperatorCommand(OperatorRunner runner) {
    this.runner = runner;
  }

  @Override
  public Integer call() {
    if (workerImage == null || workerImage.isBlank()) {
      throw CommandException.badInput(
          "--worker-image: is missing; name the worker's image, or set ISOFLOP_WORKER_IMAGE");
    }
    List<String> prometheus = names(allowedPrometheus);
    Optional<String> lease = Optional.of(leaseNamespace).filter(name -> !name.isBlank());
    try {
      AllowedHosts unused = new AllowedHosts(prometheus, lease);
    } catch (IllegalArgumentException e) {
      throw CommandException.badInput(
          "--allowed-prometheus (or ISOFLOP_ALLOWED_PROMETHEUS): " + e.getMessage());
    }
    return runner.run(
        new OperatorOptions(
            workerImage,
            pullPolicy,
            policy(),
            names(namespaces),
            lease,
            leaseName,
            instance.isBlank() ? "isoflop-" + ProcessHandle.current().pid() : instance,
            parallel,
            trialsPerNamespace,
            prometheus,
            port));
  }

  private PodPolicy policy() {
    try {
      return PodPolicy.of(workerAccount, names(allowedAccounts), names(allowedVolumeTypes));
    } catch (IllegalArgumentException e) {
      throw CommandException.badInput("--allowed-volume-types: " + e.getMessage());
    }
  }

  private static List<String> names(String separated) {
    return Arrays.stream(separated.split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }
}
