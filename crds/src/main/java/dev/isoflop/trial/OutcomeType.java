package dev.isoflop.trial;

/** Kind of a trial's outcome. */
public enum OutcomeType {
  /** Trained to its budget and measured; enters the fit. */
  Succeeded,
  /** Ran, but its numbers must not enter the fit. */
  Excluded,
  /** Produced no numbers. */
  Failed
}
