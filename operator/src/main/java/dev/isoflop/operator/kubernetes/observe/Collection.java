package dev.isoflop.operator.kubernetes.observe;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.sweep.observe.MetricsHealth;
import java.time.Instant;
import java.util.Optional;

/** The metrics of running trials. They never decide anything but what the status tells of them. */
public interface Collection {

  LiveProgress progress(ScalingSweep sweep);

  MetricsHealth health(ScalingSweep sweep, Instant now);

  /** A collection of nothing. */
  static Collection none() {
    return new Collection() {
      @Override
      public LiveProgress progress(ScalingSweep sweep) {
        return (trial, now) -> Optional.empty();
      }

      @Override
      public MetricsHealth health(ScalingSweep sweep, Instant now) {
        return new MetricsHealth.Unknown();
      }
    };
  }
}
