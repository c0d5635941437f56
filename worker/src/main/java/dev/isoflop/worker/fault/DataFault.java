package dev.isoflop.worker.fault;

import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.worker.data.DataException;

/** What unusable data means for the trial. */
public final class DataFault {
  private DataFault() {}

  /** The fault, with the data's own message. */
  public static TrialFault of(DataException cause) {
    String message = String.valueOf(cause.getMessage());
    return cause.retryable()
        ? TrialFault.passing(OutcomeReason.BadData, message, cause)
        : TrialFault.lasting(OutcomeReason.BadData, message, cause);
  }
}
