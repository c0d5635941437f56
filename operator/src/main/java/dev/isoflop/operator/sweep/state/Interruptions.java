package dev.isoflop.operator.sweep.state;

import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.status.InterruptionStatus;
import java.util.Optional;

/** Messages about workers whose end did not end their trial. */
public final class Interruptions {
  private Interruptions() {}

  /** The interruption that a status holds and the one before it did not. */
  public static Optional<InterruptionStatus> news(Optional<TrialStatus> before, TrialStatus after) {
    return Optional.ofNullable(after.interruption())
        .filter(last -> !last.equals(before.map(TrialStatus::interruption).orElse(null)));
  }

  /** Why it came about, and when the trial is tried again where it has to wait. */
  public static String sentence(InterruptionStatus interruption, TrialStatus status) {
    return status.nextRetryTime() == null
        ? interruption.message()
        : "%s; tried again at %s".formatted(interruption.message(), status.nextRetryTime());
  }
}
