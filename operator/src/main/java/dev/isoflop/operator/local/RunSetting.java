package dev.isoflop.operator.local;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.plan.SweepPlan;
import dev.isoflop.operator.timing.LaunchWindows;
import java.time.Clock;
import java.time.Instant;

/**
 * What stays the same during a run.
 *
 * @param sweep the manifest as accepted
 * @param share how the cores are shared out
 */
record RunSetting(
    SweepFolder folder,
    ScalingSweep sweep,
    SweepPlan plan,
    LaunchWindows windows,
    CoreShare share,
    LocalOptions options,
    Clock clock,
    ProgressListener listener) {

  Instant now() {
    return clock.instant();
  }

  String name() {
    return sweep.getMetadata().getName();
  }

  /** Tells the listener something that a reader should know. */
  void notice(String message) {
    listener.event(new SweepEvent.Notice(now(), message));
  }
}
