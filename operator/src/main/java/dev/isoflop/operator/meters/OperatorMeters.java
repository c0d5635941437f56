package dev.isoflop.operator.meters;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** How the operator itself does. */
public final class OperatorMeters {
  private static final Duration[] RECONCILE_BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(20),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10)
  };
  private static final Duration[] WAIT_BUCKETS = {
    Duration.ofSeconds(10),
    Duration.ofMinutes(1),
    Duration.ofMinutes(10),
    Duration.ofHours(1),
    Duration.ofHours(6),
    Duration.ofDays(1)
  };

  private final MeterRegistry registry;
  private final AtomicBoolean leading = new AtomicBoolean();

  /** Registers the gauge of leadership, at 0. */
  public OperatorMeters(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder(MeterNames.LEADER, leading, value -> value.get() ? 1 : 0)
        .description("1 on the replica that leads, 0 on the others.")
        .register(registry);
  }

  /** This replica leads, or leads no longer. */
  public void leading(boolean now) {
    leading.set(now);
  }

  /** A reconciliation of a resource of this kind ended. */
  public void reconciled(String kind, boolean success, Duration took) {
    Timer.builder(MeterNames.RECONCILE)
        .description("Time of a reconciliation.")
        .tag(MeterNames.KIND, kind)
        .tag(MeterNames.OUTCOME, success ? "success" : "error")
        .serviceLevelObjectives(RECONCILE_BUCKETS)
        .register(registry)
        .record(took);
  }

  /** A released trial's container started. */
  public void started(Duration waited) {
    Timer.builder(MeterNames.QUEUE_WAIT)
        .description("Time from a trial's release to the start of its container.")
        .serviceLevelObjectives(WAIT_BUCKETS)
        .register(registry)
        .record(waited);
  }
}
