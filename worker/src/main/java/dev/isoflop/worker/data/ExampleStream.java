package dev.isoflop.worker.data;

import java.util.Optional;

/** Examples in a fixed order. Not safe for use by several threads at once; close after use. */
public interface ExampleStream extends AutoCloseable {
  /**
   * The next example, or empty after the last one. A training stream never ends: it starts over, in
   * another order, when its source is used up.
   *
   * @throws DataException if the source is missing, corrupt or cannot be read
   */
  Optional<PendingExample> next() throws DataException;

  /** Releases open files. Never fails: nothing read so far depends on it. */
  @Override
  void close();
}
