package dev.isoflop.operator.local.run;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.local.store.SweepFolder;
import dev.isoflop.operator.plan.ExtraSizes;
import dev.isoflop.operator.plan.PlanResult;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.timing.LaunchWindows;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * The settings of a run, which do not change during it.
 *
 * @param sweep the manifest as accepted
 * @param share how the cores are shared out
 */
record RunSetting(
    SweepFolder folder,
    ScalingSweep sweep,
    PlanResult.Planned plan,
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

  /** The trial of this name, of the grid or beyond it. */
  Optional<PlannedTrial> planned(String trial) {
    return plan.plan().trials().stream()
        .filter(planned -> planned.name().equals(trial))
        .findFirst()
        .or(() -> plan.reserve().find(trial).map(ExtraSizes.Member::trial));
  }

  /** Tells the listener something that a reader should know. */
  void notice(String message) {
    listener.event(new SweepEvent.Notice(now(), message));
  }
}
