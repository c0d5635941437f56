package dev.isoflop.worker.data;

/** Kind of values of a data set's images. It decides what a likelihood means. */
public enum ValueKind {
  /** Each one of the 256 levels of {@link PixelLevels}: an image has a probability. */
  PIXELS,
  /** Real numbers, as an autoencoder gives: an image has a density. */
  LATENTS
}
