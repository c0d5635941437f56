package dev.isoflop.operator.local.run;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.operator.sweep.observe.LaunchWindowState;
import java.time.Instant;
import java.util.List;

/**
 * State of a sweep at one moment.
 *
 * @param sweep the resource without status
 * @param trials in the order in which they start
 * @param share how the cores are shared out
 * @param window whether trials may start at this time of day
 */
public record SweepSnapshot(
    Instant at,
    ScalingSweep sweep,
    ScalingSweepStatus status,
    List<TrialSnapshot> trials,
    CoreShare share,
    LaunchWindowState window) {
  public SweepSnapshot {
    trials = List.copyOf(trials);
  }

  /** Trials in a state. */
  public long count(DisplayState state) {
    return trials.stream().filter(trial -> trial.state() == state).count();
  }
}
