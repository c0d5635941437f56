package dev.isoflop.worker.data.indexed;

import dev.isoflop.worker.data.CounterRandom;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.Example;

/** Examples that can be read by number. Safe for use by threads. */
public interface IndexedExamples {
  /** Number of examples. */
  int count();

  /**
   * An example as training sees it.
   *
   * @param index 0 to {@link #count} - 1
   * @param choice for what may differ from pass to pass, such as which of several captions is taken
   * @throws DataException if it cannot be read or decoded
   */
  Example train(int index, CounterRandom choice) throws DataException;

  /** An example as evaluation sees it, always the same; as {@link #train}. */
  Example evaluate(int index) throws DataException;
}
