package dev.isoflop.operator;

import dev.isoflop.operator.admission.PodPolicy;
import dev.isoflop.operator.cli.operator.OperatorOptions;
import dev.isoflop.operator.cli.shared.CommandException;
import dev.isoflop.operator.cli.shared.ExitStatus;
import dev.isoflop.operator.kubernetes.access.ClusterCheck;
import dev.isoflop.operator.kubernetes.access.ClusterFault;
import dev.isoflop.operator.kubernetes.reconcile.OperatorSettings;
import io.quarkus.runtime.Quarkus;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The operator as this process. Only it starts Quarkus, which brings the cluster's client, metrics
 * and health: the other commands start as fast as plain Java.
 */
final class OperatorProcess {
  private static final String CLIENT_VARIABLES = "QUARKUS_KUBERNETES_CLIENT_";

  private OperatorProcess() {}

  static int run(OperatorOptions options) {
    check(options);
    Optional<String> port = PortCheck.problem(options.port());
    if (port.isPresent()) {
      throw new CommandException(ExitStatus.TRY_AGAIN, List.of(port.get()), null);
    }
    System.setProperty("isoflop.worker.image", options.workerImage());
    System.setProperty("isoflop.worker.pull-policy", options.workerPullPolicy());
    PodPolicy policy = options.policy();
    policy.account().ifPresent(name -> System.setProperty("isoflop.worker.service-account", name));
    set("isoflop.worker.allowed-service-accounts", policy.accounts());
    set("isoflop.worker.allowed-volume-types", policy.volumeTypes());
    System.setProperty("isoflop.operator.instance", options.instance());
    System.setProperty("isoflop.operator.parallel", Integer.toString(options.parallel()));
    if (!options.allowedPrometheus().isEmpty()) {
      System.setProperty(
          "isoflop.operator.allowed-prometheus", String.join(",", options.allowedPrometheus()));
    }
    System.setProperty(
        "isoflop.operator.trials-per-namespace", Integer.toString(options.trialsPerNamespace()));
    System.setProperty("quarkus.http.port", Integer.toString(options.port()));
    set("isoflop.operator.namespaces", options.namespaces());
    options
        .leaseNamespace()
        .ifPresent(name -> System.setProperty("isoflop.operator.lease-namespace", name));
    System.setProperty("isoflop.operator.lease-name", options.leaseName());
    AtomicInteger status = new AtomicInteger();
    Quarkus.run(OperatorApplication.class, (code, failure) -> ended(status, code, failure));
    return status.get();
  }

  /** A list without names is no value to Quarkus. */
  private static void set(String property, Collection<String> names) {
    if (!names.isEmpty()) {
      System.setProperty(property, String.join(",", names));
    }
  }

  /** Ends the command where the operator could only fail. */
  private static void check(OperatorOptions options) {
    // Whoever configures Quarkus' client by its own variables knows better than a kubeconfig.
    if (System.getenv().keySet().stream().anyMatch(name -> name.startsWith(CLIENT_VARIABLES))) {
      return;
    }
    // The client logs each failure with its stack trace; what is wrong is told below.
    Logger quiet = Logger.getLogger("");
    Level before = quiet.getLevel();
    quiet.setLevel(Level.OFF);
    Optional<ClusterFault> fault;
    try {
      fault =
          new ClusterCheck(
                  Set.copyOf(options.namespaces()),
                  options
                      .leaseNamespace()
                      .map(name -> new OperatorSettings.Lease(name, options.leaseName())))
              .fault(System.getenv());
    } finally {
      quiet.setLevel(before);
    }
    if (fault.isPresent()) {
      throw new CommandException(status(fault.get().kind()), List.of(fault.get().message()), null);
    }
  }

  private static int status(ClusterFault.Kind kind) {
    return switch (kind) {
      case Configuration -> ExitStatus.BAD_INPUT;
      case Lacking -> ExitStatus.FAILED;
      case Away -> ExitStatus.TRY_AGAIN;
    };
  }

  private static void ended(AtomicInteger status, int code, @Nullable Throwable failure) {
    status.set(code);
    if (failure != null) {
      LoggerFactory.getLogger(OperatorProcess.class).error("the operator ends", failure);
    }
  }
}
