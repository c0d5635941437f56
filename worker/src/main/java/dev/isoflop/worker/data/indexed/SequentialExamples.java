package dev.isoflop.worker.data.indexed;

import dev.isoflop.worker.data.BrokenSamples;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.Example;
import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.PendingExample;
import java.util.Optional;

/** The first examples as they are stored, once: what evaluation is measured on. */
public final class SequentialExamples implements ExampleStream {
  private final IndexedExamples examples;
  private final BrokenSamples broken;
  private final String field;
  private final int count;
  private int next;
  private int handedOut;

  /**
   * The first {@code count} of the examples that can be used.
   *
   * @param broken those that are left out
   * @param field the setting that names them, for errors
   * @throws DataException if there are fewer, broken ones included
   */
  public SequentialExamples(
      IndexedExamples examples, BrokenSamples broken, long count, String field)
      throws DataException {
    if (count > examples.count()) {
      throw new DataException(
          Kind.TooFew,
          field,
          "holds %d samples but evaluation.samples asks for %d".formatted(examples.count(), count),
          "name a larger set or set evaluation.samples to %d or less".formatted(examples.count()));
    }
    this.examples = examples;
    this.broken = broken;
    this.field = field;
    this.count = (int) count;
  }

  @Override
  public Optional<PendingExample> next() throws DataException {
    if (handedOut == count) {
      return Optional.empty();
    }
    handedOut++;
    if (broken.areBorne()) {
      Example whole = nextWhole();
      return Optional.of(() -> whole);
    }
    int index = next++;
    return Optional.of(() -> examples.evaluate(index));
  }

  /** Decoded at once, for what follows depends on what is broken. */
  private Example nextWhole() throws DataException {
    while (next < examples.count()) {
      try {
        return examples.evaluate(next++);
      } catch (DataException e) {
        broken.leaveOut(field, e);
      }
    }
    throw new DataException(
        Kind.TooFew,
        field,
        "holds %d whole samples but evaluation.samples asks for %d".formatted(handedOut - 1, count),
        "fix or add some, or set evaluation.samples to " + (handedOut - 1));
  }

  @Override
  public void close() {
    // Nothing is held open: the examples belong to their data set.
  }
}
