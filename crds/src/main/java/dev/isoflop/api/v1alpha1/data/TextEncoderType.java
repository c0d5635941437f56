package dev.isoflop.api.v1alpha1.data;

/** Kind of encoder that turns captions into token features. */
public enum TextEncoderType {
  /** A fixed pseudo-random vector for each word; needs no file. */
  Hashed,
  /** all-MiniLM-L6-v2, token-level features of 384. */
  MiniLM,
  /** An encoder from a TorchScript file. */
  TorchScript,
  /** Features stored beside the images. */
  Precomputed
}
