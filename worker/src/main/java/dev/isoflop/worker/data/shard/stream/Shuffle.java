package dev.isoflop.worker.data.shard.stream;

import dev.isoflop.worker.data.CounterRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The random orders of training, each a function of (seed, epoch, block). */
final class Shuffle {
  private static final long SHARDS = 1;
  private static final long SAMPLES = 2;

  private Shuffle() {}

  /** The order of the shards in one epoch. */
  static <T> List<T> shards(List<T> shards, long seed, long epoch) {
    return shuffled(shards, new CounterRandom(SHARDS, seed, epoch));
  }

  /** The order of the samples in one block of one epoch. */
  static <T> List<T> block(List<T> samples, long seed, long epoch, long block) {
    return shuffled(samples, new CounterRandom(SAMPLES, seed, epoch, block));
  }

  /** Fisher and Yates's shuffle. */
  private static <T> List<T> shuffled(List<T> items, CounterRandom random) {
    List<T> shuffled = new ArrayList<>(items);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      Collections.swap(shuffled, i, random.nextInt(i + 1));
    }
    return shuffled;
  }
}
