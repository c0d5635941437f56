package dev.isoflop.trial;

/** Why a trial did not succeed, or how an attempt at it ended. */
public enum OutcomeReason {
  /** The loss or the gradient became non-finite, or the loss exploded. */
  Diverged,
  /** The model and its batch do not fit into memory. */
  OutOfMemory,
  /** The configuration cannot run; nothing was spent. */
  BadConfiguration,
  /** A data set is missing, too small or damaged. */
  BadData,
  /** The trial's checkpoints belong to another trial or cannot be read. */
  BadCheckpoint,
  /** The volume of the trial's folder is full. */
  DiskFull,
  /** The port of the metrics endpoint is taken. */
  PortInUse,
  /** The accelerator that was asked for cannot be used; no step was trained on anything else. */
  DeviceUnavailable,
  /** Another worker holds the trial's folder. */
  FolderLocked,
  /** The trial did not end within its deadline. */
  DeadlineExceeded,
  /** The worker ended without a result. */
  Crashed
}
