package dev.isoflop.operator.sweep.state;

import dev.isoflop.api.v1alpha1.TrialStatus;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why the sweep stops an attempt. None of these counts against a failure budget. */
public enum StopReason {
  /** {@code spec.suspend}; the trial resumes later. */
  Suspended,
  /** The runner wants to end; the trial resumes with the next run. */
  StopRequested,
  /** The trial has run for {@code scheduling.trialDeadline}. */
  DeadlineExceeded,
  /** The sweep's failure budget is spent and {@code failures.onExceeded} is Cancel. */
  FailuresExceeded,
  /** Waits for a fault to be fixed that another attempt is trying already. */
  Held,
  /** The trial has ended already. */
  AlreadyFinished,
  /** The plan does not hold the trial. */
  NotPlanned,
  /**
   * Its worker has not begun, and would be started with other settings by now; it is started so at
   * once.
   */
  Outdated;

  static final String UNKNOWN = "stopped; resumes later";

  /** The reason in words. */
  String words() {
    return switch (this) {
      case Suspended -> "stopped, as the sweep is suspended; resumes with it";
      case StopRequested -> "stopped on request; resumes with the next run";
      case Held -> "stopped until a fault that another trial tests is fixed; resumes then";
      case DeadlineExceeded -> "stopped at its deadline";
      case FailuresExceeded -> "stopped, as the sweep has too many failures";
      case AlreadyFinished -> "stopped, as the trial has ended already";
      case NotPlanned -> "stopped, as the plan does not hold the trial";
      case Outdated -> "stopped, to be made anew as the spec or the worker's image has changed";
    };
  }

  /** Why the sweep told the attempt that a trial's status holds open to stop, if it did. */
  public static Optional<StopReason> recorded(TrialStatus status) {
    return TrialLedger.stopReason(status);
  }

  static Optional<StopReason> named(@Nullable String name) {
    return Arrays.stream(values()).filter(reason -> reason.name().equals(name)).findFirst();
  }
}
