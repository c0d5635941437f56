package dev.isoflop.operator.kubernetes.reconcile;

import dev.isoflop.operator.collect.AllowedHosts;
import dev.isoflop.operator.kubernetes.resources.WorkerSettings;
import java.util.Optional;
import java.util.Set;

/**
 * Settings of an installation.
 *
 * @param namespaces whose sweeps it serves; empty for all
 * @param worker how workers run
 * @param statusWrite how statuses are written
 * @param lease under which replicas agree on one that leads; empty for one replica alone
 * @param instance of this replica, such as the pod's name
 * @param parallel sweeps that are served at once
 * @param trialsPerNamespace Trials that the sweeps of a namespace may have together
 * @param prometheus hosts that may be asked for what a sweep's Prometheus knows
 */
public record OperatorSettings(
    Set<String> namespaces,
    WorkerSettings worker,
    StatusWrite statusWrite,
    Optional<Lease> lease,
    String instance,
    int parallel,
    int trialsPerNamespace,
    AllowedHosts prometheus) {

  /** Namespace and name of the lease. */
  public record Lease(String namespace, String name) {}

  public OperatorSettings {
    namespaces = Set.copyOf(namespaces);
    if (parallel < 1) {
      throw new IllegalArgumentException("isoflop.operator.parallel: must be at least 1");
    }
  }
}
