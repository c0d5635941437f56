package dev.isoflop.api.v1alpha1.data;

/** How a TorchScript file of an extractor is called. */
public enum FeatureSignature {
  /**
   * {@code forward(img, return_features, use_fp16, no_output_bias)}, as NVIDIA's Inception file.
   */
  Inception,
  /** {@code forward(img)}, as an image encoder. */
  Plain
}
