package dev.isoflop.worker.data.text;

import dev.isoflop.common.Sha256;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.cache.FeatureStore;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Encodes each caption once: features are kept in memory up to a bound, and on disk for the other
 * trials of a sweep and for the next start.
 */
final class CachedTextEncoder implements TextEncoder {
  /** Bytes of features in memory. */
  static final long DEFAULT_MEMORY = 128L << 20;

  /** What an entry costs beside its features and characters, roughly. */
  private static final int OVERHEAD = 150;

  private final CaptionModel model;
  private final FeatureStore store;
  private final long memory;
  private final AtomicLong used = new AtomicLong();
  private final ConcurrentHashMap<String, float[]> kept = new ConcurrentHashMap<>();

  /**
   * Puts caches before a network.
   *
   * @param model closed with this encoder
   * @param store of this network alone
   * @param memory most bytes of features kept in memory
   */
  CachedTextEncoder(CaptionModel model, FeatureStore store, long memory) {
    this.model = model;
    this.store = store;
    this.memory = memory;
  }

  @Override
  public int tokens() {
    return model.tokens();
  }

  @Override
  public int width() {
    return model.width();
  }

  @Override
  public void encode(String caption, float[] features, int offset) throws DataException {
    float[] encoded = kept.get(caption);
    if (encoded == null) {
      encoded = stored(caption);
      keep(caption, encoded);
    }
    System.arraycopy(encoded, 0, features, offset, encoded.length);
    Arrays.fill(features, offset + encoded.length, offset + tokens() * width(), 0f);
  }

  private float[] stored(String caption) throws DataException {
    String key = Sha256.hex(caption);
    Optional<float[]> found = store.find(key);
    if (found.isPresent()) {
      return found.get();
    }
    float[] encoded = model.encode(caption);
    store.keep(key, encoded);
    return encoded;
  }

  private void keep(String caption, float[] encoded) {
    long cost = OVERHEAD + 2L * caption.length() + (long) Float.BYTES * encoded.length;
    if (used.addAndGet(cost) > memory) {
      used.addAndGet(-cost);
      return;
    }
    kept.put(caption, encoded);
  }

  @Override
  public String digest() {
    return model.digest();
  }

  @Override
  public void close() {
    model.close();
  }
}
