package dev.isoflop.trial;

/** How a trial ended. */
public enum OutcomeType {
  /** Trained to its budget and measured; enters the fit. */
  Succeeded,
  /** Ran, but its numbers must not enter the fit. */
  Excluded,
  /** Produced no numbers. */
  Failed
}
