package dev.isoflop.laws.options;

/** Whether a falling law may level off at an offset that more compute does not overcome. */
public enum OffsetChoice {
  /** An offset where the corrected Akaike criterion prefers it; needs six budgets. */
  BY_AICC,
  /** Pure power laws only, as the diffusion paper prints them. */
  NEVER
}
