package dev.isoflop.trial;

/**
 * The feature extractor that this project makes itself from a package of npm, {@code ./isoflop data
 * features}: Inception v3 up to its layer {@code mixed5}, 768 features, by nsfwjs 4.4.0. It is not
 * the network of the published FID, so its numbers are never called FID.
 */
public final class BuiltInExtractor {
  /** Default path of the file, relative to the working directory. */
  public static final String FILE = "data/features/nsfwjs-mixed5.pt";

  /** Digest of the one file that counts: a worker runs no other. */
  public static final String SHA256 =
      "7cda92e00c84580b024803120723689bbd99218c1f7bcd730accfa7d1f7762f0";

  /** Bytes of the file. */
  public static final long BYTES = 20_552_152;

  /** Features of an image, D. */
  public static final int FEATURES = 768;

  private BuiltInExtractor() {}
}
