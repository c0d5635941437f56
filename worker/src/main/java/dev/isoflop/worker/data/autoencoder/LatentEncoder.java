package dev.isoflop.worker.data.autoencoder;

import dev.isoflop.common.Sha256;
import dev.isoflop.worker.data.CounterRandom;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.PixelLevels;
import dev.isoflop.worker.data.cache.FeatureStore;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Pictures as a model sees them. A picture is encoded once for all trials that share the cache; of
 * means and standard deviations a latent is drawn each time.
 */
final class LatentEncoder {
  private final Autoencoder autoencoder;
  private final FeatureStore store;

  LatentEncoder(Autoencoder autoencoder, FeatureStore store) {
    this.autoencoder = autoencoder;
    this.store = store;
  }

  /**
   * The scaled latent {@code [C, h, w]} of a picture.
   *
   * @param noise for the draw
   */
  float[] encode(float[] picture, CounterRandom noise) throws DataException {
    String key = key(picture);
    Optional<float[]> found = store.find(key);
    float[] encoded;
    if (found.isPresent()) {
      encoded = found.get();
    } else {
      encoded = autoencoder.encode(picture);
      store.keep(key, encoded);
    }
    float[] latent = new float[autoencoder.latents().length()];
    boolean hasDeviations = encoded.length == 2 * latent.length;
    for (int i = 0; i < latent.length; i++) {
      double drawn =
          hasDeviations
              ? encoded[i] + deviation(encoded[latent.length + i]) * noise.nextGaussian()
              : encoded[i];
      latent[i] = autoencoder.scale(drawn);
    }
    return latent;
  }

  private static double deviation(float encoded) throws DataException {
    if (encoded < 0) {
      throw new DataException(
          Kind.Setting,
          "data.autoencoder.uri",
          "gives " + encoded + " among the standard deviations, the second half of its channels",
          "have encode return standard deviations, exp(logvar / 2), if these are logarithms of"
              + " variances");
    }
    return encoded;
  }

  private static String key(float[] picture) {
    byte[] levels = new byte[picture.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) PixelLevels.level(picture[i]);
    }
    MessageDigest digest = Sha256.start();
    return HexFormat.of().formatHex(digest.digest(levels));
  }
}
