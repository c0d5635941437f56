package dev.isoflop.operator;

import dev.isoflop.operator.kubernetes.reconcile.SweepOperator;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * Ready once the operator has started, for as long as its watches work; a replica that waits to
 * lead is ready, too. Liveness is left to the process itself: a restart mends no API server.
 */
@Readiness
@Singleton
public class OperatorHealth implements HealthCheck {
  private final AtomicReference<@Nullable SweepOperator> operator = new AtomicReference<>();

  void watch(SweepOperator started) {
    operator.set(started);
  }

  @Override
  public HealthCheckResponse call() {
    SweepOperator watched = operator.get();
    return HealthCheckResponse.named("watches")
        .status(watched != null && watched.healthy())
        .build();
  }
}
