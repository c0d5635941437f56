package dev.isoflop.worker.data;

/**
 * Random numbers that are a function of a key: what is drawn for (seed, split, index) does not
 * depend on what was drawn before, so that any example can be made alone. SplitMix64 (Steele, Lea
 * and Flood 2014), started from the mixed key; the same bits on every platform.
 */
public final class CounterRandom {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  /** Starts the sequence of a key. */
  public CounterRandom(long... key) {
    long mixed = 0;
    for (long part : key) {
      mixed = mix(mixed + GOLDEN_GAMMA + mix(part + GOLDEN_GAMMA));
    }
    state = mixed;
  }

  /** 64 uniform bits. */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Uniform in [0, 1), 24 bits. */
  public float nextFloat() {
    return (nextLong() >>> 40) * 0x1p-24f;
  }

  /** Uniform in [low, high). */
  public float nextFloat(float low, float high) {
    return low + (high - low) * nextFloat();
  }

  /**
   * Uniform in 0..bound-1. Multiplies instead of rejecting: the bias is below bound / 2^32, less
   * than any count of examples could show for the small bounds drawn here.
   */
  public int nextInt(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound must be positive, not " + bound);
    }
    return (int) (((nextLong() >>> 32) * bound) >>> 32);
  }

  /** Standard normal, by Box and Muller's transform (one of its two values). */
  public double nextGaussian() {
    double radius =
        ((nextLong() >>> 11) + 1) * 0x1p-53; // in (0, 1], so that its logarithm is finite
    double turn = (nextLong() >>> 11) * 0x1p-53;
    return StrictMath.sqrt(-2 * StrictMath.log(radius)) * StrictMath.cos(2 * Math.PI * turn);
  }

  /**
   * The finaliser of SplitMix64 (Stafford's variant 13): a bijection that flips half of the bits.
   */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
