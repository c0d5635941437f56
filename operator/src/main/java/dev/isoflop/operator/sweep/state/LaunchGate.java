package dev.isoflop.operator.sweep.state;

import dev.isoflop.api.v1alpha1.sweep.FailureSpec;
import dev.isoflop.api.v1alpha1.sweep.OnFailuresExceeded;
import dev.isoflop.operator.sweep.observe.SweepObservation;
import dev.isoflop.trial.OutcomeType;
import java.util.List;
import java.util.Optional;

/** Whether attempts may start, and what happens to those that run if not. */
public enum LaunchGate {
  Open(Optional.empty()),
  /** Outside the launch window; attempts that run go on. */
  OutsideWindow(Optional.empty()),
  /** A {@link Hold}: attempts that run go on, and a single one probes whether it is over. */
  Held(Optional.empty()),
  /** The failure budget is spent; attempts that run go on. */
  Draining(Optional.empty()),
  /** The failure budget is spent; attempts that run are stopped. */
  Cancelling(Optional.of(StopReason.FailuresExceeded)),
  Suspended(Optional.of(StopReason.Suspended)),
  StopRequested(Optional.of(StopReason.StopRequested));

  private final Optional<StopReason> stop;

  LaunchGate(Optional<StopReason> stop) {
    this.stop = stop;
  }

  /** Why running attempts are stopped, if they are. */
  public Optional<StopReason> stop() {
    return stop;
  }

  /** Whether time alone may lead to further starts. */
  public boolean opensByItself() {
    return this == Open || this == OutsideWindow || this == Held;
  }

  static boolean failuresExceeded(FailureSpec failures, List<TrialState> trials) {
    long failed = trials.stream().filter(trial -> trial.ended(OutcomeType.Failed)).count();
    return failed > failures.perSweep();
  }

  public static LaunchGate of(
      SweepObservation observed, List<TrialState> trials, Optional<Hold> hold) {
    FailureSpec failures = observed.spec().scheduling().failures();
    if (observed.stopRequested()) {
      return StopRequested;
    }
    if (observed.spec().suspend()) {
      return Suspended;
    }
    if (failuresExceeded(failures, trials)) {
      return failures.onExceeded() == OnFailuresExceeded.Cancel ? Cancelling : Draining;
    }
    if (!observed.window().open()) {
      return OutsideWindow;
    }
    return hold.isPresent() ? Held : Open;
  }
}
