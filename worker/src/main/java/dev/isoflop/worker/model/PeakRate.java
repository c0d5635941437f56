package dev.isoflop.worker.model;

import java.util.function.LongSupplier;

/**
 * Peak FLOPs a second of the device in a trial's precision and threads: the fastest of a few
 * products of square matrices. They grow until one takes long enough to be timed well, or fills any
 * device. Takes about a tenth of a second on a CPU.
 *
 * <p>It is what this machine gives now, to this process: other work beside it lowers it.
 */
public final class PeakRate {
  private static final int SMALLEST = 512;
  private static final int LARGEST = 8192;
  private static final int ROUNDS = 3;
  private static final double LONG_ENOUGH = 0.01;

  private PeakRate() {}

  /** Measures it, in FLOPs a second. */
  public static double measure(DiffusionModel model, LongSupplier nanoTime) {
    double best = 0;
    for (int size = SMALLEST; size <= LARGEST; size *= 2) {
      model.multiply(size); // the first one pays for memory and the choice of a kernel
      double fastest = Double.POSITIVE_INFINITY;
      for (int round = 0; round < ROUNDS; round++) {
        long began = nanoTime.getAsLong();
        model.multiply(size);
        fastest = Math.min(fastest, (nanoTime.getAsLong() - began) * 1e-9);
      }
      best = Math.max(best, 2.0 * size * size * size / fastest);
      if (fastest > LONG_ENOUGH) {
        return best;
      }
    }
    return best;
  }
}
