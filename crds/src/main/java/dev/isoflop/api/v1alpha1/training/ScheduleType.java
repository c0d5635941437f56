package dev.isoflop.api.v1alpha1.training;

/** Schedule of the learning rate after its warm-up. */
public enum ScheduleType {
  /** Constant. */
  Constant,
  /** Falls to zero along half a cosine. */
  Cosine,
  /** Constant, then linear to zero over the last steps. */
  WarmupStableDecay
}
