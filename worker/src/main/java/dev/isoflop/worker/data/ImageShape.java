package dev.isoflop.worker.data;

/**
 * The shape of a square image, or of the latents of one.
 *
 * @param channels of an image 1 (grey) or 3 (red, green, blue), of latents any number
 * @param size height and width in pixels or latent cells
 */
public record ImageShape(int channels, int size) {
  /** The largest side and the most channels of all; their product stays an int's size. */
  private static final int BOUND = 4096;

  public ImageShape {
    if (channels < 1 || channels > BOUND) {
      throw new IllegalArgumentException(
          "channels must be between 1 and " + BOUND + ", not " + channels);
    }
    if (size < 1 || size > BOUND) {
      throw new IllegalArgumentException("size must be between 1 and " + BOUND + ", not " + size);
    }
    Math.multiplyExact(channels, size * size);
  }

  /** Values of one image. */
  public int length() {
    return channels * size * size;
  }
}
