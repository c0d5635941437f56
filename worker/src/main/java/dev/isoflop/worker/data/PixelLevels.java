package dev.isoflop.worker.data;

/**
 * The 256 levels that every pixel has. Keeping drawn images to them too makes bits per dimension
 * mean the same for all sources: a continuous drawing with flat areas would have no finite density.
 */
public final class PixelLevels {
  /** The distance of two levels. */
  public static final double WIDTH = 2.0 / 255;

  private static final float[] VALUES = new float[256];

  static {
    for (int level = 0; level < VALUES.length; level++) {
      VALUES[level] = level / 127.5f - 1f;
    }
  }

  private PixelLevels() {}

  /** The value in [-1, 1] of a level from 0 to 255. */
  public static float value(int level) {
    return VALUES[level];
  }

  /** The level, 0 to 255, of a value. */
  public static int level(float value) {
    return Math.round((value + 1f) * 127.5f);
  }

  /** The value of the level nearest to an intensity; intensities outside [0, 1] are clamped. */
  public static float nearest(float intensity) {
    int level = (int) (intensity * 255f + 0.5f);
    return VALUES[Math.min(255, Math.max(0, level))];
  }
}
