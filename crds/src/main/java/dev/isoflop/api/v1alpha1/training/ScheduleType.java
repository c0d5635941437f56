package dev.isoflop.api.v1alpha1.training;

/** How the learning rate moves after its warm-up. */
public enum ScheduleType {
  /** It stays. */
  Constant,
  /** It falls to zero along half a cosine. */
  Cosine,
  /** It stays, then falls to zero linearly over the last fifth of the steps. */
  WarmupStableDecay
}
