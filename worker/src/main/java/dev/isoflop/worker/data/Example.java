package dev.isoflop.worker.data;

import static java.util.Objects.requireNonNull;

/** One captioned image. */
public final class Example {
  private final float[] image;
  private final String caption;

  /**
   * @param image {@code [C, H, W]} in row-major order, each value that of a {@link PixelLevels
   *     level}; not copied
   * @param caption what the picture shows, as its source says it
   */
  public Example(float[] image, String caption) {
    this.image = requireNonNull(image, "image");
    this.caption = requireNonNull(caption, "caption");
  }

  /** {@code [C, H, W]} in [-1, 1]; the array itself, for the one who asked for the example. */
  public float[] image() {
    return image;
  }

  public String caption() {
    return caption;
  }
}
