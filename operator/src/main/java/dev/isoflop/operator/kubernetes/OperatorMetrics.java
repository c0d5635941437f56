package dev.isoflop.operator.kubernetes;

import dev.isoflop.operator.meters.MeterNames;
import dev.isoflop.operator.meters.SweepMeters;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What the operator says of its own work: turns taken, failed and their time. Nothing here has a
 * label for each sweep; their numbers are in {@link SweepMeters}.
 */
public final class OperatorMetrics implements Metrics {
  private final MeterRegistry registry;
  private final Timer turns;
  private final Counter failures;
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
  }

  /** Where turns report the sweeps they took. */
  public SweepMeters sweeps() {
    return sweeps;
  }

  /** This replica leads, or leads no longer. */
  public void leading(boolean now) {
    leading.set(now);
  }
}
