package dev.isoflop.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the operator says of its own work: turns taken, failed and their time. Nothing here has a
 * label for each sweep; their numbers are in {@link SweepGauges}.
 */
public final class OperatorMetrics implements Metrics {
  private final MeterRegistry registry;
  private final Timer turns;
  private final Counter failures;
  private final SweepGauges gauges;

  /** Metrics in a registry. */
  public OperatorMetrics(MeterRegistry registry) {
    this.registry = registry;
    turns =
        Timer.builder("isoflop.operator.turn")
            .description("Time of one turn of a sweep: observe, decide, act.")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofMinutes(1))
            .register(registry);
    failures =
        Counter.builder("isoflop.operator.turn.failures")
            .description("Turns that broke off because a call to the API server failed.")
            .register(registry);
    gauges = new SweepGauges(registry);
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
  SweepGauges gauges() {
    return gauges;
  }
}
