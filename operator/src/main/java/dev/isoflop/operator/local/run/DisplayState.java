package dev.isoflop.operator.local.run;

import dev.isoflop.trial.OutcomeType;

/** State of a trial, as a table shows it. */
public enum DisplayState {
  /** Not started, or waiting for another attempt. */
  Waiting,
  /** A worker trains or measures it. */
  Running,
  /** A worker was asked to stop and has not ended yet. */
  Stopping,
  /** Its numbers enter the fit. */
  Succeeded,
  /** It ran, but its numbers must not enter the fit. */
  Excluded,
  /** It has no numbers. */
  Failed;

  static DisplayState of(OutcomeType outcome) {
    return switch (outcome) {
      case Succeeded -> Succeeded;
      case Excluded -> Excluded;
      case Failed -> Failed;
    };
  }
}
