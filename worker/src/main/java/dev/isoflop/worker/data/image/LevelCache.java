package dev.isoflop.worker.data.image;

import dev.isoflop.worker.data.PixelLevels;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decoded images, kept as levels of one byte until a bound is reached and for good: of a set that
 * is gone through again and again, throwing out the oldest would keep nothing useful. Safe for use
 * by threads.
 *
 * @param <K> what names an image
 */
public final class LevelCache<K> {
  public static final long DEFAULT_BOUND = 64L << 20;

  /** What an entry costs beside its pixels, roughly. */
  private static final int OVERHEAD = 100;

  private final long bound;
  private final AtomicLong used = new AtomicLong();
  private final ConcurrentHashMap<K, byte[]> kept = new ConcurrentHashMap<>();

  /** A cache of at most {@code bound} bytes. */
  public LevelCache(long bound) {
    this.bound = bound;
  }

  /** An array of its own with the image's values, if the image was kept. */
  public Optional<float[]> find(K name) {
    byte[] levels = kept.get(name);
    if (levels == null) {
      return Optional.empty();
    }
    float[] image = new float[levels.length];
    for (int i = 0; i < image.length; i++) {
      image[i] = PixelLevels.value(levels[i] & 0xff);
    }
    return Optional.of(image);
  }

  /** Keeps an image if there is room. */
  public void keep(K name, float[] image) {
    long cost = (long) OVERHEAD + image.length;
    if (used.addAndGet(cost) > bound) {
      used.addAndGet(-cost);
      return;
    }
    byte[] levels = new byte[image.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) PixelLevels.level(image[i]);
    }
    kept.put(name, levels);
  }
}
