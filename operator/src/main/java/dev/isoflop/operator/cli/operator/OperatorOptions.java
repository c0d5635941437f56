package dev.isoflop.operator.cli.operator;

import dev.isoflop.operator.admission.PodPolicy;
import java.util.List;
import java.util.Optional;

/**
 * Options of the operator's process.
 *
 * @param workerImage image of the worker's container
 * @param workerPullPolicy Always, IfNotPresent or Never
 * @param policy what the pod templates of sweeps may ask for
 * @param namespaces whose sweeps it serves; empty for all
 * @param leaseNamespace where replicas agree on one that leads; empty for one replica alone
 * @param leaseName of the lease there
 * @param instance name of this replica
 * @param parallel sweeps that are served at once
 * @param trialsPerNamespace Trials that the sweeps of a namespace may have together
 * @param allowedPrometheus hosts that may be asked for what a sweep's Prometheus knows
 * @param port of {@code /metrics} and {@code /q/health}
 */
public record OperatorOptions(
    String workerImage,
    String workerPullPolicy,
    PodPolicy policy,
    List<String> namespaces,
    Optional<String> leaseNamespace,
    String leaseName,
    String instance,
    int parallel,
    int trialsPerNamespace,
    List<String> allowedPrometheus,
    int port) {

  public OperatorOptions {
    namespaces = List.copyOf(namespaces);
    allowedPrometheus = List.copyOf(allowedPrometheus);
  }
}
