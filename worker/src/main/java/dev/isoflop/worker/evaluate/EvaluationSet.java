package dev.isoflop.worker.evaluate;

import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.data.batch.Batch;
import dev.isoflop.worker.data.batch.BatchReader;
import dev.isoflop.worker.data.open.DataSources;
import dev.isoflop.worker.train.StopSignal;
import java.util.Optional;

/**
 * The first examples of an evaluation set, as all metrics read them.
 *
 * @param examples how many
 */
record EvaluationSet(Dataset set, DataSources data, int examples) {
  /** Larger batches gain nothing, and evaluation must fit wherever training did. */
  private static final int LARGEST_BATCH = 256;

  /** Measures the examples of a batch. */
  @FunctionalInterface
  interface BatchMeasure {
    /**
     * A value for each example.
     *
     * @param first number of the batch's first example in the set
     */
    double[] of(Batch batch, int first);
  }

  /** Examples in a batch that needs no more memory than training did. */
  static int batchSize(TrialExperiment experiment, int examples) {
    return Math.min(examples, Math.min(LARGEST_BATCH, experiment.training().portion()));
  }

  /** Reads them in batches; whoever asks closes the reader. */
  BatchReader batches(int batchSize) throws DataException {
    return new BatchReader(
        set.evaluation(examples),
        set.imageShape(),
        data.textEncoder(),
        BatchReader.Options.ofBatchSize(batchSize));
  }

  /** A value of each example, in their order; empty if asked to stop before the end. */
  Optional<double[]> measure(int batchSize, StopSignal stop, BatchMeasure measure)
      throws DataException, InterruptedException {
    double[] values = new double[examples];
    int done = 0;
    try (BatchReader batches = batches(batchSize)) {
      for (Optional<Batch> next = batches.next(); next.isPresent(); next = batches.next()) {
        if (stop.requested()) {
          return Optional.empty();
        }
        double[] some = measure.of(next.get(), done);
        System.arraycopy(some, 0, values, done, some.length);
        done += some.length;
      }
    }
    if (done != examples) {
      throw new IllegalStateException("%d examples came instead of %d".formatted(done, examples));
    }
    return Optional.of(values);
  }

  /** First entries of every record of a measurement on the set. */
  MeasurementRecord record(String method, int version) throws DataException {
    return MeasurementRecord.of(method, version)
        .with("data", set.digest())
        .with("imageShape", set.imageShape())
        .with("textEncoder", data.textEncoder().digest())
        .with("examples", examples);
  }
}
