package dev.isoflop.operator.kubernetes.observe;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.status.TrialProgress;
import dev.isoflop.operator.sweep.observe.MetricsHealth;
import java.time.Instant;
import java.util.Optional;

/** Progress of running trials. It decides nothing but what the status tells of them. */
public interface Collection {
  /** Progress of a trial of a sweep; empty if its worker was not heard of lately. */
  Optional<TrialProgress> progress(ScalingSweep sweep, Trial trial, Instant now);

  MetricsHealth health(ScalingSweep sweep, Instant now);

  /** A collection of nothing. */
  static Collection none() {
    return new Collection() {
      @Override
      public Optional<TrialProgress> progress(ScalingSweep sweep, Trial trial, Instant now) {
        return Optional.empty();
      }

      @Override
      public MetricsHealth health(ScalingSweep sweep, Instant now) {
        return new MetricsHealth.Unknown();
      }
    };
  }
}
