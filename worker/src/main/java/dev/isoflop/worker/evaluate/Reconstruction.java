package dev.isoflop.worker.evaluate;

import dev.isoflop.worker.data.PixelLevels;
import dev.isoflop.worker.data.ValueKind;
import dev.isoflop.worker.diffusion.BoundTimes;
import java.nio.FloatBuffer;

/**
 * What is left to tell of an image to someone who has its noisy version at {@link
 * BoundTimes#FIRST}: the last term of the variational bound, in nats a dimension. No model is asked
 * for it, so its expectation over the noise is computed instead of sampled.
 */
sealed interface Reconstruction {
  /** Nats a dimension of one image. */
  double nats(FloatBuffer image);

  /** Name in records. */
  String name();

  /** The term that a set's values need. */
  static Reconstruction of(ValueKind kind) {
    return switch (kind) {
      case PIXELS -> new OfLevels();
      case LATENTS -> new OfDensity();
    };
  }

  /**
   * The probability of a pixel's level, taken proportional to the density of the noisy value under
   * each of the 256 levels (the discretised Gaussian of Kingma et al. 2021).
   */
  final class OfLevels implements Reconstruction {
    private static final int LEVELS = 256;
    private static final int REACH = 20; // levels further away than this have no share in FP64
    private static final double STEP = 0.05;
    private static final double END = 9;

    private static final double[] NATS = new double[LEVELS];

    static {
      for (int level = 0; level < LEVELS; level++) {
        NATS[level] = expected(level);
      }
    }

    /** The mean of -log p(level) over the noise, by the trapezoidal rule. */
    private static double expected(int level) {
      double sum = 0;
      double density = 0;
      for (int i = 0; i * STEP - END <= END; i++) {
        double noise = i * STEP - END;
        double shares = 0;
        for (int other = Math.max(0, level - REACH);
            other < Math.min(LEVELS, level + REACH + 1);
            other++) {
          double distance =
              ((double) PixelLevels.value(level) - PixelLevels.value(other))
                  / BoundTimes.FIRST_NOISE;
          shares += StrictMath.exp(-distance * (distance / 2 + noise));
        }
        double weight = StrictMath.exp(-noise * noise / 2);
        sum += weight * StrictMath.log(shares);
        density += weight;
      }
      return sum / density;
    }

    @Override
    public double nats(FloatBuffer image) {
      double sum = 0;
      for (int i = 0; i < image.limit(); i++) {
        sum += NATS[PixelLevels.level(image.get(i))];
      }
      return sum / image.limit();
    }

    @Override
    public String name() {
      return "discretised Gaussian of 256 levels";
    }
  }

  /** A normal density around the noisy value: the bound is one on a density. */
  final class OfDensity implements Reconstruction {
    private static final double NATS =
        0.5 * StrictMath.log(2 * Math.PI * Math.E) + StrictMath.log(BoundTimes.FIRST_NOISE);

    @Override
    public double nats(FloatBuffer image) {
      return NATS;
    }

    @Override
    public String name() {
      return "density";
    }
  }
}
