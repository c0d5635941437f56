package dev.isoflop.worker.data.shard.decode;

import dev.isoflop.worker.data.Example;
import dev.isoflop.worker.data.PixelLevels;
import dev.isoflop.worker.data.shard.read.SamplePlace;
import dev.isoflop.worker.data.shard.read.StoredSample;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decoded examples, kept as levels of one byte until a bound is reached and for good. A small data
 * set, which training goes through thousands of times, is thus decoded once; of a large one a share
 * is kept that does no harm. Least-recently-used would keep nothing useful: every sample comes once
 * an epoch. Safe for use by threads.
 */
final class ExampleCache {
  static final long DEFAULT_BOUND = 64L << 20;

  /** What an entry costs beside its pixels and characters, roughly. */
  private static final int OVERHEAD = 200;

  private static final class Kept {
    private final byte[] levels;
    private final String caption;
    private final Optional<float[]> textFeatures;

    Kept(byte[] levels, String caption, Optional<float[]> textFeatures) {
      this.levels = levels;
      this.caption = caption;
      this.textFeatures = textFeatures;
    }
  }

  private final long bound;
  private final AtomicLong used = new AtomicLong();
  private final ConcurrentHashMap<SamplePlace, Kept> kept = new ConcurrentHashMap<>();

  ExampleCache(long bound) {
    this.bound = bound;
  }

  /** The example of a sample, with an image of its own, if it was kept. */
  Optional<Example> find(StoredSample sample) {
    Kept found = kept.get(sample.place());
    if (found == null) {
      return Optional.empty();
    }
    float[] image = new float[found.levels.length];
    for (int i = 0; i < image.length; i++) {
      image[i] = PixelLevels.value(found.levels[i] & 0xff);
    }
    return Optional.of(
        found.textFeatures.isEmpty()
            ? new Example(image, found.caption)
            : new Example(image, found.caption, found.textFeatures.get().clone()));
  }

  /** Keeps an example if there is room. */
  void keep(StoredSample sample, Example example) {
    long features = example.textFeatures().map(values -> values.length).orElse(0);
    long cost = OVERHEAD + example.image().length + 2L * example.caption().length() + 4 * features;
    if (used.addAndGet(cost) > bound) {
      used.addAndGet(-cost);
      return;
    }
    byte[] levels = new byte[example.image().length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) PixelLevels.level(example.image()[i]);
    }
    kept.put(
        sample.place(),
        new Kept(levels, example.caption(), example.textFeatures().map(float[]::clone)));
  }
}
