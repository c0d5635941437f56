package dev.isoflop.api.v1alpha1.data;

/** Resizing of images to the size that an extractor takes. */
public enum FeatureResize {
  /** The file itself. */
  Inside,
  /** Bilinear and antialiased, before the file is called. */
  Bilinear,
  /** Bicubic and antialiased, before the file is called, as Pillow does it in floating point. */
  Bicubic
}
