package dev.isoflop.operator.meters;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OperatorMetersTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final OperatorMeters meters = new OperatorMeters(registry);

  @Test
  void aReplicaLeadsWhenItIsToldSo() {
    assertThat(registry.get("isoflop_operator_leader").gauge().value()).isZero();
    meters.leading(true);
    assertThat(registry.get("isoflop_operator_leader").gauge().value()).isOne();
    meters.leading(false);
    assertThat(registry.get("isoflop_operator_leader").gauge().value()).isZero();
  }

  @Test
  void reconciliationsAreTimedByKindAndOutcome() {
    meters.reconciled("Trial", true, Duration.ofMillis(10));
    meters.reconciled("Trial", true, Duration.ofMillis(30));
    meters.reconciled("Trial", false, Duration.ofMillis(50));

    var succeeded =
        registry.get("isoflop_reconcile_seconds").tags("kind", "Trial", "outcome", "success");
    assertThat(succeeded.timer().count()).isEqualTo(2);
    assertThat(succeeded.timer().totalTime(TimeUnit.MILLISECONDS)).isEqualTo(40);
    assertThat(registry.get("isoflop_reconcile_seconds").tag("outcome", "error").timer().count())
        .isOne();
  }

  @Test
  void waitsOfTrialsAreTimed() {
    meters.started(Duration.ofMinutes(3));

    assertThat(
            registry
                .get("isoflop_trial_queue_wait_seconds")
                .timer()
                .totalTime(TimeUnit.SECONDS))
        .isEqualTo(180);
  }
}
