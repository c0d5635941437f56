package dev.isoflop.api.v1alpha1.data;

/** What turns images into what the model sees. */
public enum AutoencoderType {
  /** Nothing: pixels, or latents as stored. */
  None,
  /** An encoder from a TorchScript file. */
  TorchScript
}
