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
  /** A data file that the settings name is not there, or not yet. */
  DataMissing,
  /** Data cannot be read at present: a server, a network or a mount does not answer. */
  DataUnreachable,
  /** The volume of the trial's folder is full, or its quota is used up. */
  DiskFull,
  /** The trial's folder belongs to another user, or its volume is read-only. */
  FolderNotWritable,
  /** The volume of the trial's folder is gone, stale, or answers with I/O errors. */
  StorageUnavailable,
  /** A volume of the pod is missing, not bound, or cannot be mounted. */
  VolumeNotMounted,
  /** The image of one of the pod's containers cannot be pulled. */
  ImageNotPulled,
  /** A container of the pod cannot be made: a secret, a config map or a path is missing. */
  ContainerNotCreated,
  /** The port of the metrics endpoint is taken. */
  PortInUse,
  /** The accelerator that was asked for cannot be used; no step was trained on anything else. */
  DeviceUnavailable,
  /** Another worker holds the trial's folder. */
  FolderLocked,
  /** The trial did not end within its deadline. */
  DeadlineExceeded,
  /** The worker ended without a result. */
  Crashed;

  /**
   * Whether what a trial depends on is at fault, and not the trial: its storage, its data, its
   * accelerator, or what its pod needs. Every other trial would most likely meet the same, and once
   * it is mended the trial can go on.
   */
  public boolean external() {
    return switch (this) {
      case DataMissing,
          DataUnreachable,
          DiskFull,
          FolderNotWritable,
          StorageUnavailable,
          VolumeNotMounted,
          ImageNotPulled,
          ContainerNotCreated,
          DeviceUnavailable ->
          true;
      case Diverged,
          OutOfMemory,
          BadConfiguration,
          BadData,
          BadCheckpoint,
          PortInUse,
          FolderLocked,
          DeadlineExceeded,
          Crashed ->
          false;
    };
  }

  /** Whether it keeps the worker from beginning at all. */
  public boolean beforeStart() {
    return this == VolumeNotMounted || this == ImageNotPulled || this == ContainerNotCreated;
  }
}
