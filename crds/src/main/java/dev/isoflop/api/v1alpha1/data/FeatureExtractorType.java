package dev.isoflop.api.v1alpha1.data;

/** The network whose features are compared. */
public enum FeatureExtractorType {
  /** A network from a TorchScript file, such as that of the published FID. */
  TorchScript,
  /**
   * Inception v3 up to layer mixed5 from the package nsfwjs, made by {@code ./isoflop data
   * features}. Its numbers are no FID.
   */
  NsfwjsMixed5
}
