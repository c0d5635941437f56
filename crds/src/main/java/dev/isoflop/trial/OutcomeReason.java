package dev.isoflop.trial;

/** Why a trial did not succeed, or how an attempt at it ended. */
public enum OutcomeReason {
  /** The loss or the gradient became non-finite, or the loss exploded. */
  Diverged(Origin.Training),
  /** The model and its batch do not fit into memory. */
  OutOfMemory(Origin.Training),
  /** The configuration cannot run; nothing was spent. */
  BadConfiguration(Origin.Settings),
  /** A data set is missing, too small or damaged. */
  BadData(Origin.Files),
  /** The trial's checkpoints belong to another trial or cannot be read. */
  BadCheckpoint(Origin.Files),
  /** A data file that the settings name is not there, or not yet. */
  DataMissing(Origin.Data),
  /** Data cannot be read at present: a server, a network or a mount does not answer. */
  DataUnreachable(Origin.Data),
  /** The volume of the trial's folder is full, or its quota is used up. */
  DiskFull(Origin.Storage),
  /** The trial's folder belongs to another user, or its volume is read-only. */
  FolderNotWritable(Origin.Storage),
  /** The volume of the trial's folder is gone, stale, or answers with I/O errors. */
  StorageUnavailable(Origin.Storage),
  /** A volume of the pod is missing, not bound, or cannot be mounted. */
  VolumeNotMounted(Origin.Pod),
  /** The image of one of the pod's containers cannot be pulled. */
  ImageNotPulled(Origin.Pod),
  /** A container of the pod cannot be made: a secret, a config map or a path is missing. */
  ContainerNotCreated(Origin.Pod),
  /** The port of the metrics endpoint is taken. */
  PortInUse(Origin.Machine),
  /** The accelerator that was asked for cannot be used; no step was trained on anything else. */
  DeviceUnavailable(Origin.Device),
  /** Another worker holds the trial's folder. */
  FolderLocked(Origin.Machine),
  /** The trial did not end within its deadline. */
  DeadlineExceeded(Origin.Settings),
  /** The worker ended without a result. */
  Crashed(Origin.Worker);

  /** Origin of a fault. */
  private enum Origin {
    /** The training, which was run as it was asked for: its end is a result. */
    Training,
    /** The trial's settings. */
    Settings,
    /** The worker, or what it met and could not name. */
    Worker,
    /** Files of the trial or of its data that another attempt finds as they are. */
    Files,
    /** Another process on the same machine. */
    Machine,
    /** Data that is not there, or not yet. */
    Data,
    /** The volume of the trial's folder. */
    Storage,
    /** The pod: its image, volumes, command. */
    Pod,
    /** The accelerator or its driver. */
    Device
  }

  private final Origin origin;

  OutcomeReason(Origin origin) {
    this.origin = origin;
  }

  /**
   * Whether the trial was trained as asked, so that it is excluded from fits and has not failed.
   */
  public boolean ofTraining() {
    return origin == Origin.Training;
  }

  /** Whether the volume of the trial's folder is at fault. */
  public boolean ofStorage() {
    return origin == Origin.Storage;
  }

  /**
   * Whether what a trial depends on is at fault, and not the trial: its storage, its data, its
   * accelerator, or what its pod needs. Every other trial would most likely meet the same, and once
   * it is mended the trial can go on.
   */
  public boolean external() {
    return switch (origin) {
      case Data, Storage, Pod, Device -> true;
      case Training, Settings, Worker, Files, Machine -> false;
    };
  }

  /** Whether it keeps the worker from beginning at all. */
  public boolean beforeStart() {
    return origin == Origin.Pod;
  }

  /** Whether someone who starts a run again may have mended it, with the same settings. */
  public boolean mayBeMended() {
    return external() || origin == Origin.Files || origin == Origin.Machine;
  }
}
