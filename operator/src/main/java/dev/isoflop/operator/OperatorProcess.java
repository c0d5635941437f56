package dev.isoflop.operator;

import dev.isoflop.operator.cli.OperatorOptions;
import io.quarkus.runtime.Quarkus;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The operator as this process. Only it starts Quarkus, which brings the cluster's client, metrics
 * and health: the other commands start as fast as plain Java.
 */
final class OperatorProcess {
  private OperatorProcess() {}

  static int run(OperatorOptions options) {
    System.setProperty("isoflop.worker.image", options.workerImage());
    System.setProperty("isoflop.worker.pull-policy", options.workerPullPolicy());
    System.setProperty("isoflop.operator.instance", options.instance());
    System.setProperty("isoflop.operator.parallel", Integer.toString(options.parallel()));
    System.setProperty("quarkus.http.port", Integer.toString(options.port()));
    if (!options.namespaces().isEmpty()) {
      System.setProperty("isoflop.operator.namespaces", String.join(",", options.namespaces()));
    }
    options
        .leaseNamespace()
        .ifPresent(name -> System.setProperty("isoflop.operator.lease-namespace", name));
    System.setProperty("isoflop.operator.lease-name", options.leaseName());
    AtomicInteger status = new AtomicInteger();
    Quarkus.run(OperatorApplication.class, (code, failure) -> ended(status, code, failure));
    return status.get();
  }

  private static void ended(AtomicInteger status, int code, @Nullable Throwable failure) {
    status.set(code);
    if (failure != null) {
      LoggerFactory.getLogger(OperatorProcess.class).error("the operator ends", failure);
    }
  }
}
