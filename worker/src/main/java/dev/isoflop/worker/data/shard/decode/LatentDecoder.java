package dev.isoflop.worker.data.shard.decode;

import dev.isoflop.api.v1alpha1.data.LatentKind;
import dev.isoflop.api.v1alpha1.data.LatentsSpec;
import dev.isoflop.worker.data.CounterRandom;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.array.NumberType;
import dev.isoflop.worker.data.array.StoredArray;
import dev.isoflop.worker.data.shard.read.StoredSample;
import java.util.List;

/**
 * Makes what the model sees of stored latents: {@code (z - shift) * scaleFactor}, with z drawn from
 * {@code mean + std * normal} where both are stored.
 */
final class LatentDecoder {
  private final LatentsSpec spec;
  private final ImageShape shape;
  private final ArrayDecoder arrays;
  private final NumberType type;

  LatentDecoder(LatentsSpec spec, ImageShape shape) {
    this.spec = spec;
    this.shape = shape;
    type = NumberType.valueOf(spec.dtype().name());
    arrays = new ArrayDecoder(type);
  }

  /** {@code [C, H, W]}. */
  float[] decode(StoredSample sample, CounterRandom draw) throws DataException {
    String where = sample.where(sample.input());
    StoredArray stored = arrays.decode(sample.input(), where);
    check(stored, where);
    float[] latents = new float[shape.length()];
    if (spec.kind() == LatentKind.MeanStd) {
      draw(stored, new NormalNoise(draw), latents, where);
    } else {
      for (int i = 0; i < latents.length; i++) {
        latents[i] = scaled(finite(stored.get(i), where));
      }
    }
    return latents;
  }

  private void draw(StoredArray stored, NormalNoise noise, float[] latents, String where)
      throws DataException {
    for (int i = 0; i < latents.length; i++) {
      double deviation = finite(stored.get(latents.length + i), where);
      if (deviation < 0) {
        throw new DataException(
            Kind.Corrupt,
            where,
            "the second half of its channels, the standard deviations, has the value " + deviation,
            "store standard deviations, exp(logvar / 2), if these are logarithms of variances");
      }
      latents[i] = scaled(finite(stored.get(i), where) + deviation * noise.next());
    }
  }

  private float scaled(double value) {
    return (float) (spec.scaled() ? value : (value - spec.shift()) * spec.scaleFactor());
  }

  private static double finite(double value, String where) throws DataException {
    if (!Double.isFinite(value)) {
      throw new DataException(
          Kind.Corrupt, where, "holds the value " + value, "make the latents again");
    }
    return value;
  }

  /** The shape must be that of the settings, but for sides of 1 before it. */
  private void check(StoredArray stored, String where) throws DataException {
    long channels = (long) shape.channels() * (spec.kind() == LatentKind.MeanStd ? 2 : 1);
    List<Long> wanted = List.of(channels, (long) shape.size(), (long) shape.size());
    List<Long> found = stored.shape();
    int extra = found.size() - wanted.size();
    boolean plain = found.size() == 1 && stored.length() == channels * shape.size() * shape.size();
    boolean same =
        extra >= 0
            && found.subList(0, extra).stream().allMatch(side -> side == 1)
            && found.subList(extra, found.size()).equals(wanted);
    if (stored.type() != type) {
      throw new DataException(
          Kind.Corrupt,
          where,
          "holds latents " + stored + ", but latents.dtype is " + spec.dtype(),
          "set latents.dtype to what is stored");
    }
    if (!same && !plain) {
      throw new DataException(
          Kind.Corrupt,
          where,
          "holds latents %s, but data.channels, data.imageSize and latents.kind (%s) ask for %s"
              .formatted(stored, spec.kind(), wanted),
          "correct the settings, or name other files");
    }
  }
}
