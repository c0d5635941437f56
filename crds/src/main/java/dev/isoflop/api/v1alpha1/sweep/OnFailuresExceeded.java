package dev.isoflop.api.v1alpha1.sweep;

/** Reaction to a spent failure budget. */
public enum OnFailuresExceeded {
  /** Running trials end, no further one starts. */
  Drain,
  /** Running trials are stopped as well. */
  Cancel
}
