package dev.isoflop.operator.cli.progress;

import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.status.ComputeStatus;
import dev.isoflop.api.v1alpha1.status.TrialProgress;
import dev.isoflop.model.FlopConvention;
import dev.isoflop.operator.local.SmallSweep;
import dev.isoflop.operator.local.run.CoreShare;
import dev.isoflop.operator.local.run.DisplayState;
import dev.isoflop.operator.local.run.SweepSnapshot;
import dev.isoflop.operator.local.run.TrialSnapshot;
import dev.isoflop.operator.local.store.TrialFolder;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.plan.SweepPlan;
import dev.isoflop.operator.sweep.observe.LaunchWindowState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Moments of a small sweep. */
final class Snapshots {
  static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  static final SweepPlan PLAN = SmallSweep.plan();

  private Snapshots() {}

  /** A moment at which the first trials have ended, some more run, and the others wait. */
  static SweepSnapshot at(int seconds, int ended, int running, double progress) {
    List<TrialSnapshot> trials = new ArrayList<>();
    for (PlannedTrial planned : PLAN.trials()) {
      int number = trials.size();
      DisplayState state =
          number < ended
              ? DisplayState.Succeeded
              : number < ended + running ? DisplayState.Running : DisplayState.Waiting;
      trials.add(trial(planned, state, progress));
    }
    Instant now = START.plusSeconds(seconds);
    return new SweepSnapshot(
        now,
        SmallSweep.manifest(),
        status(now.plusSeconds(130)),
        trials,
        new CoreShare(4, 1),
        LaunchWindowState.always());
  }

  /** The same outside the launch window. */
  static SweepSnapshot closed(SweepSnapshot open, Optional<Instant> opening) {
    return new SweepSnapshot(
        open.at(),
        open.sweep(),
        open.status(),
        open.trials(),
        open.share(),
        new LaunchWindowState(false, opening));
  }

  /** The same with a sweep that expects to end after a while. */
  static SweepSnapshot ending(SweepSnapshot snapshot, Duration left) {
    return new SweepSnapshot(
        snapshot.at(),
        snapshot.sweep(),
        status(snapshot.at().plus(left)),
        snapshot.trials(),
        snapshot.share(),
        snapshot.window());
  }

  private static ScalingSweepStatus status(Instant end) {
    return new ScalingSweepStatus(
        1L,
        List.of(),
        null,
        new ComputeStatus(FlopConvention.Analytic, 6e11, 1.5e11, 0, end.toString()),
        List.of(),
        null,
        List.of(),
        null,
        null);
  }

  private static TrialSnapshot trial(PlannedTrial planned, DisplayState state, double progress) {
    boolean runs = state == DisplayState.Running;
    OptionalDouble unknown = OptionalDouble.empty();
    return new TrialSnapshot(
        planned,
        new TrialFolder(planned.name(), Path.of(planned.name())),
        state,
        Optional.empty(),
        runs ? Optional.of(new TrialProgress(0, progress, 0.98765, null)) : Optional.empty(),
        runs ? OptionalDouble.of(12.34) : unknown,
        runs ? Optional.of(Duration.ofSeconds(75)) : Optional.empty(),
        Optional.empty());
  }
}
