package dev.isoflop.worker.data;

/**
 * The shape of a square image.
 *
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param size height and width in pixels
 */
public record ImageShape(int channels, int size) {
  /** The largest side that the sources here make. */
  public static final int MAXIMUM_SIZE = 256;

  /** The smallest side in which a figure can still be told from another. */
  public static final int MINIMUM_SIZE = 8;

  public ImageShape {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("channels must be 1 or 3, not " + channels);
    }
    if (size < MINIMUM_SIZE || size > MAXIMUM_SIZE) {
      throw new IllegalArgumentException(
          "size must be between " + MINIMUM_SIZE + " and " + MAXIMUM_SIZE + ", not " + size);
    }
  }

  /** Values of one image. */
  public int length() {
    return channels * size * size;
  }
}
