package dev.isoflop.worker.data.indexed;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.PendingExample;
import java.util.Optional;

/** The first examples as they are stored, once: what evaluation is measured on. */
public final class StoredOrder implements ExampleStream {
  private final IndexedExamples examples;
  private final int count;
  private int next;

  /**
   * The first {@code count} of the examples.
   *
   * @param field the setting that names them, for errors
   * @throws DataException if there are fewer
   */
  public StoredOrder(IndexedExamples examples, long count, String field) throws DataException {
    if (count > examples.count()) {
      throw new DataException(
          Kind.TooFew,
          field,
          "holds %d samples but evaluation.samples asks for %d".formatted(examples.count(), count),
          "name a larger set or set evaluation.samples to %d or less".formatted(examples.count()));
    }
    this.examples = examples;
    this.count = (int) count;
  }

  @Override
  public Optional<PendingExample> next() {
    if (next == count) {
      return Optional.empty();
    }
    int index = next++;
    return Optional.of(() -> examples.evaluate(index));
  }

  @Override
  public void close() {
    // Nothing is held open: the examples belong to their data set.
  }
}
