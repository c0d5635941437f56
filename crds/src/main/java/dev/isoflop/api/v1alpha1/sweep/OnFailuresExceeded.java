package dev.isoflop.api.v1alpha1.sweep;

/** What happens to a sweep whose failure budget is spent. */
public enum OnFailuresExceeded {
  /** Running trials end, no further one starts. */
  Drain,
  /** Running trials are stopped as well. */
  Cancel
}
