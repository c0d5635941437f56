package dev.isoflop.worker.evaluate;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.data.open.DataSources;
import dev.isoflop.worker.model.ModelState;
import java.util.List;
import java.util.Optional;

/** A way to measure a model on one evaluation set; it may yield several metrics at once. */
public interface SetMetric {
  /**
   * Does what needs no model, so that a fault is found before training is paid for; false if asked
   * to stop before the end.
   *
   * @throws DataException if something that the measurement reads cannot be read
   */
  default boolean rehearse(DataSources data) throws DataException, InterruptedException {
    return true;
  }

  /**
   * Measures a state on a set.
   *
   * @param set one of the evaluation sets of {@code data}
   * @return readings, always of the same metrics in the same order; empty if asked to stop before
   *     the end
   * @throws DataException if the set cannot be read
   */
  Optional<List<Reading>> measure(ModelState state, Dataset set, DataSources data)
      throws DataException, InterruptedException;
}
