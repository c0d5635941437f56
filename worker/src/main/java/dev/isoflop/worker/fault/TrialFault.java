package dev.isoflop.worker.fault;

import static java.util.Objects.requireNonNull;

import dev.isoflop.text.ShownText;
import dev.isoflop.trial.ExitCode;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.TrialOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Ends the trial, or this attempt at it. The message names field or file, value and remedy, and is
 * {@linkplain ShownText#message fit to be shown}.
 */
public final class TrialFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final OutcomeReason reason;
  private final boolean passing;

  private TrialFault(
      OutcomeReason reason, boolean passing, String message, @Nullable Throwable cause) {
    super(ShownText.message(requireNonNull(message, "message")), cause);
    this.reason = requireNonNull(reason, "reason");
    this.passing = passing;
  }

  /** A fault that every further attempt would meet again. */
  public static TrialFault lasting(OutcomeReason reason, String message) {
    return new TrialFault(reason, false, message, null);
  }

  /** A fault that every further attempt would meet again, with what led to it. */
  public static TrialFault lasting(OutcomeReason reason, String message, Throwable cause) {
    return new TrialFault(reason, false, message, cause);
  }

  /** A fault of the moment: another attempt may succeed. */
  public static TrialFault passing(OutcomeReason reason, String message) {
    return new TrialFault(reason, true, message, null);
  }

  /** A fault of the moment, with what led to it: another attempt may succeed. */
  public static TrialFault passing(OutcomeReason reason, String message, Throwable cause) {
    return new TrialFault(reason, true, message, cause);
  }

  /** Exit status of the process. */
  public ExitCode exitCode() {
    if (!passing) {
      return ExitCode.GIVE_UP;
    }
    return reason.ofStorage() ? ExitCode.STORAGE : ExitCode.TRANSIENT;
  }

  /**
   * Outcome in the trial's result: a trial that really ran is excluded from the fit, not failed.
   */
  public TrialOutcome outcome() {
    return reason.ofTraining()
        ? TrialOutcome.excluded(reason, message())
        : TrialOutcome.failed(reason, message());
  }

  /** The message, which every fault has. */
  public String message() {
    return requireNonNull(getMessage());
  }
}
