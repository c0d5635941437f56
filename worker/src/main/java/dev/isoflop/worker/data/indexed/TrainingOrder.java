package dev.isoflop.worker.data.indexed;

import dev.isoflop.worker.data.BrokenSamples;
import dev.isoflop.worker.data.CounterRandom;
import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.PendingExample;
import java.util.Optional;

/**
 * Pass after pass over all examples, each in a fresh random order that is a function of (seed,
 * pass). Entering at any example costs one shuffle.
 */
public final class TrainingOrder implements ExampleStream {
  private static final long ORDER = 3;
  private static final long CHOICE = 4;

  private final IndexedExamples examples;
  private final BrokenSamples broken;
  private final String field;
  private final long seed;
  private int[] order;
  private long pass;
  private int next;

  /**
   * Opens the stream at an example number.
   *
   * @param broken the examples that are left out
   * @param field the setting that names them, for errors
   * @param firstExample examples already consumed, 0 for a fresh start
   */
  public TrainingOrder(
      IndexedExamples examples, BrokenSamples broken, String field, long seed, long firstExample) {
    if (examples.count() < 1 || firstExample < 0) {
      throw new IllegalArgumentException(
          "there must be examples and the first must not be negative, not %d and %d"
              .formatted(examples.count(), firstExample));
    }
    this.examples = examples;
    this.broken = broken;
    this.field = field;
    this.seed = seed;
    order = new int[examples.count()];
    pass = firstExample / order.length;
    next = (int) (firstExample % order.length);
    shuffle();
  }

  @Override
  public Optional<PendingExample> next() {
    if (next == order.length) {
      pass++;
      next = 0;
      shuffle();
    }
    int[] current = order;
    int place = next++;
    long number = pass;
    return Optional.of(
        () ->
            broken.firstWhole(
                field,
                current.length,
                place,
                at ->
                    examples.train(
                        current[at], new CounterRandom(CHOICE, seed, number, current[at]))));
  }

  /** Fisher and Yates's shuffle, from the same start each time, into an array of its own. */
  private void shuffle() {
    order = new int[order.length];
    CounterRandom random = new CounterRandom(ORDER, seed, pass);
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
  }

  @Override
  public void close() {
    // Nothing is held open: the examples belong to their data set.
  }
}
