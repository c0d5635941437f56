package dev.isoflop.worker.data.shard.decode;

/**
 * Bounds that keep one bad or hostile entry from taking the process's memory. They are far above
 * what image and caption data sets hold.
 *
 * @param imageBytes largest stored image, latents or text features
 * @param captionBytes largest caption file; img2dataset's json holds metadata too
 * @param pixels most pixels of an image, checked before it is decoded
 * @param captionLength most characters of a caption
 */
public record Limits(int imageBytes, int captionBytes, long pixels, int captionLength) {
  public static final Limits DEFAULT = new Limits(64 << 20, 4 << 20, 1L << 26, 1 << 14);
}
