package dev.isoflop.operator.kubernetes.reconcile;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.kubernetes.observe.Timers;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Enqueues turns when their time has come. */
final class WakeUps extends AbstractEventSource<Void, ScalingSweep> {
  private final Timers timers;

  WakeUps(Timers timers) {
    super(Void.class, "wake-ups");
    this.timers = timers;
  }

  @Override
  public void start() {
    super.start();
    timers.start();
  }

  @Override
  public void stop() {
    super.stop();
    timers.close();
  }

  @Override
  public Set<Void> getSecondaryResources(ScalingSweep primary) {
    return Set.of();
  }

  /** Sets the one time at which a sweep is looked at again; empty for none. */
  void at(ResourceID sweep, Optional<Instant> time) {
    String name = "wake " + sweep;
    if (time.isPresent()) {
      timers.at(name, time.get(), () -> now(sweep));
    } else {
      timers.cancel(name);
    }
  }

  void now(ResourceID sweep) {
    if (isRunning()) {
      getEventHandler().handleEvent(new Event(sweep));
    }
  }
}
