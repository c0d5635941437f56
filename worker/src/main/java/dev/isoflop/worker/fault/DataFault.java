package dev.isoflop.worker.fault;

import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.worker.data.DataException;

/** Outcome of a trial whose data is unusable. */
public final class DataFault {
  private DataFault() {}

  /** The fault, with the data's own message. */
  public static TrialFault of(DataException cause) {
    String message = String.valueOf(cause.getMessage());
    if (DiskFault.isFull(cause)) {
      return TrialFault.passing(OutcomeReason.DiskFull, message, cause);
    }
    return switch (cause.kind()) {
      case Missing -> TrialFault.passing(OutcomeReason.DataMissing, message, cause);
      case Unreadable -> TrialFault.passing(OutcomeReason.DataUnreachable, message, cause);
      case Setting, Corrupt, TooLarge, TooFew ->
          TrialFault.lasting(OutcomeReason.BadData, message, cause);
    };
  }
}
