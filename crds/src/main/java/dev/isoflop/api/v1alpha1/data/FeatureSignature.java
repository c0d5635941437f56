package dev.isoflop.api.v1alpha1.data;

/** Call signature of an extractor's TorchScript file. */
public enum FeatureSignature {
  /**
   * {@code forward(img, return_features, use_fp16, no_output_bias)}, as NVIDIA's Inception file.
   */
  Inception,
  /** {@code forward(img)}, as an image encoder. */
  Plain
}
