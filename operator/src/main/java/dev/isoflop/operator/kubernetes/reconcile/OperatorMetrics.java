package dev.isoflop.operator.kubernetes.reconcile;

import dev.isoflop.operator.meters.MeterNames;
import dev.isoflop.operator.meters.SweepMeters;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Metrics of the operator's own work: turns, failures, their time, refusals. Nothing here has a
 * label for each sweep; their numbers are in {@link SweepMeters}.
 */
public final class OperatorMetrics implements Metrics, TurnCounts {
  private final MeterRegistry registry;
  private final Timer turns;
  private final Counter failures;
  private final Counter statusRefusals;
  private final Counter foreignJobs;
  private final Set<ResourceID> failing = ConcurrentHashMap.newKeySet();
  private final SweepMeters sweeps;
  private final AtomicBoolean leading = new AtomicBoolean();

  /** Metrics in a registry. */
  public OperatorMetrics(MeterRegistry registry) {
    this.registry = registry;
    turns =
        Timer.builder(MeterNames.TURN)
            .description("Time of one turn of a sweep: observe, decide, act.")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofMinutes(1))
            .register(registry);
    failures =
        Counter.builder(MeterNames.TURN_FAILURES)
            .description("Turns that broke off because a call to the API server failed.")
            .register(registry);
    statusRefusals =
        Counter.builder(MeterNames.STATUS_REFUSALS)
            .description("Statuses that the API server refused to store as they were.")
            .register(registry);
    foreignJobs =
        Counter.builder(MeterNames.FOREIGN_JOBS)
            .description("Jobs that claimed to be a trial's, but that the operator did not make.")
            .register(registry);
    Gauge.builder(MeterNames.FAILING_SWEEPS, failing, Set::size)
        .description("Sweeps whose last turn broke off.")
        .register(registry);
    Gauge.builder(MeterNames.LEADER, leading, value -> value.get() ? 1 : 0)
        .description("1 on the replica that leads, 0 on the others.")
        .register(registry);
    sweeps = new SweepMeters(registry);
  }

  @Override
  public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
    Timer.Sample sample = Timer.start(registry);
    try {
      return execution.execute();
    } finally {
      sample.stop(turns);
    }
  }

  @Override
  public void reconciliationFailed(
      HasMetadata resource,
      @Nullable RetryInfo retry,
      Exception exception,
      Map<String, Object> metadata) {
    failures.increment();
    failing.add(ResourceID.fromResource(resource));
  }

  @Override
  public void reconciliationSucceeded(HasMetadata resource, Map<String, Object> metadata) {
    failing.remove(ResourceID.fromResource(resource));
  }

  @Override
  public void cleanupDone(ResourceID resource, Map<String, Object> metadata) {
    failing.remove(resource);
  }

  /**
   * Shows how many resources cannot be read.
   *
   * @param count counts those that are there
   */
  void unreadable(String kind, Supplier<Number> count) {
    Gauge.builder(MeterNames.UNREADABLE, count)
        .description("Resources that this release cannot read.")
        .tag(MeterNames.KIND, kind)
        .register(registry);
  }

  @Override
  public void statusRefused() {
    statusRefusals.increment();
  }

  @Override
  public void foreignJob() {
    foreignJobs.increment();
  }

  /** Gauges of the sweeps, which turns report to. */
  public SweepMeters sweeps() {
    return sweeps;
  }

  /** This replica leads, or leads no longer. */
  public void leading(boolean now) {
    leading.set(now);
  }
}
