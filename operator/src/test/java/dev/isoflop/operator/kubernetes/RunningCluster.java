package dev.isoflop.operator.kubernetes;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.collect.AllowedHosts;
import dev.isoflop.operator.kubernetes.reconcile.OperatorMetrics;
import dev.isoflop.operator.kubernetes.reconcile.OperatorSettings;
import dev.isoflop.operator.kubernetes.reconcile.StatusWrite;
import dev.isoflop.operator.kubernetes.reconcile.SweepOperator;
import dev.isoflop.operator.kubernetes.resources.WorkerSettings;
import dev.isoflop.operator.sweep.decide.SweepDecider;
import dev.isoflop.operator.sweep.state.ConditionType;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * An API server with operators at work, nodes that are played, and Jobs that are played where no
 * real controller runs them.
 */
public final class RunningCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final KubernetesClient client;
  public final ApiStore store;
  public final FakeKubelet kubelet;

  /** What operators that are started next decide by. */
  public SweepDecider decider = Simulation.DECIDER;

  /** Whom operators that are started next may ask for metrics. */
  public AllowedHosts prometheus = new AllowedHosts(AllowedHosts.SERVICES, Optional.of("isoflop"));

  /** The time by which operators that are started next go. */
  public Clock clock = Clock.systemUTC();

  /** Trials that operators that are started next allow in a namespace. */
  public int trialsPerNamespace = 1000;

  /** What operators count. */
  public final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private final Optional<FakeJobController> controller;
  private final StatusWrite statusWrite;
  private final List<SweepOperator> operators = new ArrayList<>();

  public RunningCluster(KubernetesClient client, StatusWrite statusWrite, boolean playsJobs) {
    this.client = client;
    this.statusWrite = statusWrite;
    store = new ApiStore(client, statusWrite);
    kubelet = new FakeKubelet(store);
    controller = playsJobs ? Optional.of(new FakeJobController(store)) : Optional.empty();
  }

  public SweepOperator operator(KubernetesClient with, String instance) {
    return operator(with, instance, Optional.empty());
  }

  public SweepOperator operator(
      KubernetesClient with, String instance, Optional<OperatorSettings.Lease> lease) {
    SweepOperator operator =
        new SweepOperator(
            with,
            new OperatorSettings(
                Set.of(SmallSweeps.NAMESPACE),
                new WorkerSettings("worker:test", "IfNotPresent"),
                statusWrite,
                lease,
                instance,
                2,
                trialsPerNamespace,
                prometheus),
            decider,
            new OperatorMetrics(meters),
            clock,
            () -> {
              throw new AssertionError("nobody takes the lead away");
            });
    operator.start();
    operators.add(operator);
    return operator;
  }

  public ScalingSweep sweep(String name) {
    return Objects.requireNonNull(
        client
            .resources(ScalingSweep.class)
            .inNamespace(SmallSweeps.NAMESPACE)
            .withName(name)
            .get());
  }

  public boolean isTrue(String sweep, ConditionType type) {
    ScalingSweep found = sweep(sweep);
    return found.getStatus() != null && type.isTrue(found.getStatus().conditions());
  }

  /** Plays the rest of the cluster until something is so. */
  public void until(String what, BooleanSupplier condition) {
    until(what, condition, PATIENCE);
  }

  public void until(String what, BooleanSupplier condition, Duration patience) {
    Instant end = Instant.now().plus(patience);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("not in time: " + what + "; " + store.sweeps());
      }
      tick();
      pause();
    }
  }

  private void tick() {
    try {
      controller.ifPresent(it -> it.tick(Instant.now()));
      kubelet.tick(Instant.now());
    } catch (KubernetesClientException e) {
      if (e.getCode() != 404 && e.getCode() != 409) {
        throw e;
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    operators.forEach(SweepOperator::close);
  }
}
