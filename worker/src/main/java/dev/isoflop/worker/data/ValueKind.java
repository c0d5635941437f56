package dev.isoflop.worker.data;

/** What the numbers of an example's image are; it decides which metrics mean something. */
public enum ValueKind {
  /** 256 {@link PixelLevels levels}: bits per dimension are those of 8-bit pixels. */
  Pixels,
  /** An autoencoder's latents: continuous, so likelihoods are densities. */
  Latents
}
