package dev.isoflop.operator.sweep.state;

/** Reasons of a trial's condition Running; what the column STATUS shows. */
enum TrialReason {
  /** An attempt runs, or is about to: the record precedes the start. */
  Running,
  /** The attempt holds its slot, but waits for a node, a queue or an image. */
  Waiting,
  /** The attempt's node does not report any more; its worker may be gone, or go on unseen. */
  NodeLost,
  /** The attempt was told to stop, by the sweep itself. */
  Stopping,
  /** The sweep stopped the last attempt. */
  Stopped,
  /** The attempt had not begun, and is made anew as the spec or the worker's image has changed. */
  Replaced,
  /** Waits for a slot. */
  Queued,
  /** Waits after an attempt that failed. */
  BackOff,
  /** Waits after an attempt that was ended from outside. */
  Disrupted,
  /** Waits until storage, data or what its pod needs is mended. */
  Blocked,
  Succeeded,
  Excluded,
  Failed
}
