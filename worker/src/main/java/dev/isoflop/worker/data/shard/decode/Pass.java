package dev.isoflop.worker.data.shard.decode;

import dev.isoflop.worker.data.CounterRandom;
import dev.isoflop.worker.data.shard.read.SamplePlace;

/**
 * One pass over a data set: latents stored as mean and standard deviation are drawn from anew in
 * each, by numbers that depend on the pass and the sample alone.
 *
 * @param seed of the training run
 * @param epoch from 0
 */
public record Pass(long seed, long epoch) {
  /**
   * The pass of every evaluation. It draws too: means would be a narrower distribution than the one
   * that models learn. The draw is the same for all trials of all sweeps.
   */
  static final Pass EVALUATION = new Pass(0, -1);

  private static final long PURPOSE = 3;

  public CounterRandom random(SamplePlace place) {
    return new CounterRandom(PURPOSE, seed, epoch, place.index(), place.number());
  }
}
