package dev.isoflop.api.v1alpha1.data;

/** The range in which an extractor takes its pixels. */
public enum PixelScale {
  /** 0 to 255. */
  Bytes,
  /** -1 to 1. */
  Signed,
  /** 0 to 1. */
  Unit
}
