package dev.isoflop.operator.sweep.state;

import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Faults that whoever starts a run again may have mended since: they are looked at afresh. */
public final class MendedFaults {
  private MendedFaults() {}

  /**
   * The status of a trial that may go on now although its last attempt could not, or of one that
   * had failed for good by data, checkpoint or storage; empty if there is nothing to look at.
   */
  public static Optional<TrialStatus> lookAgain(TrialStatus status, Instant now) {
    TrialLedger ledger = new TrialLedger(0, Duration.ZERO, now);
    TrialOutcome outcome = status.outcome();
    if (outcome == null) {
      return status.block() == null ? Optional.empty() : Optional.of(ledger.takenUp(status));
    }
    OutcomeReason reason = outcome.reason();
    return outcome.type() == OutcomeType.Failed && reason != null && reason.mayBeMended()
        ? Optional.of(ledger.takenUp(status))
        : Optional.empty();
  }
}
