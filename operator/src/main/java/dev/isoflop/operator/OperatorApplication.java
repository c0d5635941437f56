package dev.isoflop.operator;

import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.operator.admission.PodPolicy;
import dev.isoflop.operator.collect.AllowedHosts;
import dev.isoflop.operator.kubernetes.reconcile.OperatorMetrics;
import dev.isoflop.operator.kubernetes.reconcile.OperatorSettings;
import dev.isoflop.operator.kubernetes.reconcile.StatusWrite;
import dev.isoflop.operator.kubernetes.reconcile.SweepOperator;
import dev.isoflop.operator.kubernetes.resources.WorkerSettings;
import dev.isoflop.operator.sweep.decide.SweepDecider;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.Readiness;

/** The operator inside Quarkus. */
@Singleton
@Unremovable
public final class OperatorApplication implements QuarkusApplication {
  private final KubernetesClient client;
  private final MeterRegistry registry;
  private final OperatorHealth health;
  private final OperatorSettings settings;
  private final String software;

  @Inject
  OperatorApplication(
      KubernetesClient client,
      MeterRegistry registry,
      @Readiness OperatorHealth health,
      @ConfigProperty(name = "isoflop.worker.image") String workerImage,
      @ConfigProperty(name = "isoflop.worker.pull-policy") String pullPolicy,
      @ConfigProperty(name = "isoflop.worker.service-account") Optional<String> workerAccount,
      @ConfigProperty(name = "isoflop.worker.allowed-service-accounts")
          Optional<List<String>> allowedAccounts,
      @ConfigProperty(name = "isoflop.worker.allowed-volume-types")
          Optional<List<String>> allowedVolumeTypes,
      @ConfigProperty(name = "isoflop.operator.namespaces") Optional<List<String>> namespaces,
      @ConfigProperty(name = "isoflop.operator.lease-namespace") Optional<String> leaseNamespace,
      @ConfigProperty(name = "isoflop.operator.lease-name") String leaseName,
      @ConfigProperty(name = "isoflop.operator.instance") String instance,
      @ConfigProperty(name = "isoflop.operator.parallel") int parallel,
      @ConfigProperty(name = "isoflop.operator.allowed-prometheus")
          Optional<List<String>> allowedPrometheus,
      @ConfigProperty(name = "isoflop.operator.trials-per-namespace") int trialsPerNamespace,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.client = client;
    this.registry = registry;
    this.health = health;
    this.software = "isoflop " + version;
    this.settings =
        new OperatorSettings(
            Set.copyOf(namespaces.orElse(List.of())),
            new WorkerSettings(
                workerImage,
                pullPolicy,
                PodPolicy.of(
                    workerAccount.orElse(""),
                    allowedAccounts.orElse(List.of()),
                    allowedVolumeTypes.orElse(List.of()))),
            StatusWrite.Apply,
            leaseNamespace.map(namespace -> new OperatorSettings.Lease(namespace, leaseName)),
            instance,
            parallel,
            trialsPerNamespace,
            new AllowedHosts(allowedPrometheus.orElse(List.of()), leaseNamespace));
  }

  @Override
  public int run(String... arguments) {
    int processors = Runtime.getRuntime().availableProcessors();
    SweepDecider decider = new SweepDecider(new LawFitter(processors)::fit, software);
    OperatorMetrics metrics = new OperatorMetrics(registry);
    try (SweepOperator operator =
        new SweepOperator(
            client, settings, decider, metrics, Clock.systemUTC(), () -> Quarkus.asyncExit(1))) {
      health.watch(operator);
      operator.start();
      Quarkus.waitForExit();
    }
    return 0;
  }
}
