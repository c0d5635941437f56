package dev.isoflop.api.v1alpha1.data;

/** Kind of autoencoder that turns images into the model's inputs. */
public enum AutoencoderType {
  /** Nothing: pixels, or latents as stored. */
  None,
  /** An encoder from a TorchScript file. */
  TorchScript
}
