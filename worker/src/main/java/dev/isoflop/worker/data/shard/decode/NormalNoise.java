package dev.isoflop.worker.data.shard.decode;

import dev.isoflop.worker.data.CounterRandom;

/**
 * Standard normal numbers by Marsaglia's polar method, two for one logarithm; the same bits on
 * every platform.
 */
final class NormalNoise {
  private final CounterRandom random;
  private double spare;
  private boolean hasSpare;

  NormalNoise(CounterRandom random) {
    this.random = random;
  }

  double next() {
    if (hasSpare) {
      hasSpare = false;
      return spare;
    }
    double x;
    double y;
    double square;
    do {
      x = uniform();
      y = uniform();
      square = x * x + y * y;
    } while (square >= 1 || square == 0);
    double scale = Math.sqrt(-2 * StrictMath.log(square) / square);
    spare = y * scale;
    hasSpare = true;
    return x * scale;
  }

  /** Uniform in [-1, 1). */
  private double uniform() {
    return (random.nextLong() >> 10) * 0x1p-53;
  }
}
