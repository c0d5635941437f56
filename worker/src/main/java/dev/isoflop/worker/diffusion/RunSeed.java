package dev.isoflop.worker.diffusion;

/**
 * The seed of a run, from which every other one is derived by (purpose, index). Nothing random is
 * carried from step to step, so a resumed run draws what an undisturbed one would have drawn.
 *
 * @param value any number
 */
public record RunSeed(long value) {
  /** Repeats of one manifest seed; see {@code TrialExperiment.repeat}. */
  private static final long REPEATS = 1024;

  /** Evaluation draws the same times and noise in every trial, whatever the trial's seed. */
  public static final RunSeed EVALUATION = new RunSeed(0x49534f464c4f50L);

  private static final long GAMMA = 0x9e3779b97f4a7c15L;

  /** The seed of a repeat; different for every pair. */
  public static RunSeed ofRepeat(long seed, int repeat) {
    return new RunSeed(seed * REPEATS + repeat);
  }

  /** A non-negative seed for one draw; index is a step, an example or a parameter. */
  public long derive(RandomPurpose purpose, long index) {
    long mixed = mix(value + GAMMA);
    mixed = mix(mixed ^ mix(purpose.code() * GAMMA));
    return mix(mixed ^ mix((index + 1) * GAMMA)) >>> 1;
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014), a bijection. */
  private static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
