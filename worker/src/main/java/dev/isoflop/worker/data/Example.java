package dev.isoflop.worker.data;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One captioned image, or the latents of one. */
public final class Example {
  private final float[] image;
  private final String caption;
  private final float @Nullable [] textFeatures;

  /**
   * An example whose caption is still to be encoded.
   *
   * @param image {@code [C, H, W]} in row-major order, each value that of a {@link PixelLevels
   *     level} if the data set's values are {@link ValueKind#PIXELS}; not copied
   * @param caption what the picture shows, as its source says it
   */
  public Example(float[] image, String caption) {
    this.image = requireNonNull(image, "image");
    this.caption = requireNonNull(caption, "caption");
    textFeatures = null;
  }

  /**
   * An example that brings its caption's features.
   *
   * @param textFeatures {@code [T, W]}, zeros behind the last token; not copied
   */
  public Example(float[] image, String caption, float[] textFeatures) {
    this.image = requireNonNull(image, "image");
    this.caption = requireNonNull(caption, "caption");
    this.textFeatures = requireNonNull(textFeatures, "textFeatures");
  }

  /** {@code [C, H, W]}; the array itself, for the one who asked for the example. */
  public float[] image() {
    return image;
  }

  /** Empty if the source has features in its place. */
  public String caption() {
    return caption;
  }

  /** {@code [T, W]}, if they were stored beside the image; the array itself. */
  public Optional<float[]> textFeatures() {
    return Optional.ofNullable(textFeatures);
  }
}
