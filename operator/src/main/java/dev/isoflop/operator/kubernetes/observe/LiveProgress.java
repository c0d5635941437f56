package dev.isoflop.operator.kubernetes.observe;

import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.status.TrialProgress;
import java.time.Instant;
import java.util.Optional;

/** Progress of running trials, as last collected. */
@FunctionalInterface
interface LiveProgress {
  /** Empty if the trial's worker was not heard of lately. */
  Optional<TrialProgress> of(Trial trial, Instant now);
}
