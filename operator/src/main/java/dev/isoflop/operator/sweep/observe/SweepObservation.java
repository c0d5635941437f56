package dev.isoflop.operator.sweep.observe;

import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.operator.plan.PlanResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that a decision depends on.
 *
 * @param name of the sweep
 * @param generation of the spec, which the status reports back
 * @param plan of exactly this spec
 * @param status as last stored
 * @param trials every trial that exists, in any order, also those that the plan does not hold
 * @param unavailable names of planned trials that can neither be created nor started now, since
 *     something else has their names
 * @param slots attempts that the runner has room for, those running included; {@link
 *     Integer#MAX_VALUE} where something else queues them
 * @param window whether trials may start at this time of day
 * @param metrics what is known of the metrics of running trials
 * @param stopRequested whether the runner wants to end, leaving the sweep to be continued later
 * @param retry the latest request to try all trials again that failed; any text, each another
 * @param now the time of the observation
 */
public record SweepObservation(
    String name,
    long generation,
    ScalingSweepSpec spec,
    PlanResult plan,
    Optional<ScalingSweepStatus> status,
    List<TrialObservation> trials,
    Set<String> unavailable,
    int slots,
    LaunchWindowState window,
    MetricsHealth metrics,
    boolean stopRequested,
    Optional<String> retry,
    Instant now) {

  public SweepObservation {
    trials = List.copyOf(trials);
    unavailable = Set.copyOf(unavailable);
    if (slots < 0) {
      throw new IllegalArgumentException("slots: " + slots + " must not be negative");
    }
  }
}
