package dev.isoflop.operator.kubernetes.reconcile;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.kubernetes.observe.Timers;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Enqueues turns when their time has come. */
final class WakeUps extends AbstractEventSource<Void, ScalingSweep> {
  private final Timers timers;

  /** Sweeps with a time to come, which may be a hundred years away. */
  private final Set<ResourceID> appointed = ConcurrentHashMap.newKeySet();

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
    if (time.isPresent()) {
      appointed.add(sweep);
      timers.at(name(sweep), time.get(), () -> now(sweep));
    } else {
      cancel(sweep);
    }
  }

  /** Forgets sweeps that are no longer there. */
  void retain(Predicate<ResourceID> present) {
    appointed.stream().filter(present.negate()).toList().forEach(this::cancel);
  }

  private void cancel(ResourceID sweep) {
    timers.cancel(name(sweep));
    appointed.remove(sweep);
  }

  private static String name(ResourceID sweep) {
    return "wake " + sweep;
  }

  void now(ResourceID sweep) {
    if (isRunning()) {
      getEventHandler().handleEvent(new Event(sweep));
    }
  }
}
