package dev.isoflop.model;

/** Architecture of the transformer: how caption and diffusion time condition the image tokens. */
public enum Architecture {
  /** Image, text and time tokens stand in one sequence of a plain transformer. */
  InContext,
  /** Image tokens and a time token attend to the text tokens in each block. */
  CrossAttention,
  /** Time and pooled text modulate each block (Peebles and Xie, arXiv 2212.09748). */
  AdaLNZero
}
