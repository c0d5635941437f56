package dev.isoflop.api.v1alpha1.data;

/** Stored part of an autoencoder's posterior. */
public enum LatentKind {
  /** One draw. */
  Sample,
  /** Mean and standard deviation, {@code [2C, H, W]}. */
  MeanStd
}
