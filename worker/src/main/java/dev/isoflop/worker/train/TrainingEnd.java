package dev.isoflop.worker.train;

/** End of training. */
public sealed interface TrainingEnd {
  /** Steps done and what they left. */
  Progress progress();

  /** All steps done. */
  record Complete(Progress progress) implements TrainingEnd {}

  /** Asked to stop; a checkpoint holds the work. */
  record Stopped(Progress progress) implements TrainingEnd {}

  /** The loss is beyond hope. */
  record Diverged(Progress progress, String why) implements TrainingEnd {}
}
