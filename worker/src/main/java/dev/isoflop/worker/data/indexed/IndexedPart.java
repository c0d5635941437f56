package dev.isoflop.worker.data.indexed;

import dev.isoflop.worker.data.DatasetPart;
import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.PendingExample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The examples from one number up to another. */
public final class IndexedPart implements DatasetPart {
  /** Few enough that threads share a set evenly, enough that a part is worth a thread's while. */
  private static final int SIZE = 256;

  private final IndexedExamples examples;
  private final int from;
  private final int to;

  private IndexedPart(IndexedExamples examples, int from, int to) {
    this.examples = examples;
    this.from = from;
    this.to = to;
  }

  /** All examples, in their order. */
  public static List<DatasetPart> of(IndexedExamples examples) {
    List<DatasetPart> parts = new ArrayList<>();
    for (int from = 0; from < examples.count(); from += SIZE) {
      parts.add(new IndexedPart(examples, from, Math.min(examples.count(), from + SIZE)));
    }
    return parts;
  }

  @Override
  public long weight() {
    return (long) to - from;
  }

  @Override
  public ExampleStream open() {
    return new ExampleStream() {
      private int next = from;

      @Override
      public Optional<PendingExample> next() {
        if (next == to) {
          return Optional.empty();
        }
        int index = next++;
        return Optional.of(() -> examples.evaluate(index));
      }

      @Override
      public void close() {
        // Nothing is held open: the examples belong to their data set.
      }
    };
  }
}
