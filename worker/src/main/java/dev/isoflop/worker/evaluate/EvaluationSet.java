package dev.isoflop.worker.evaluate;

import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.worker.data.BatchReader;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataSources;
import dev.isoflop.worker.data.Dataset;

/**
 * The first examples of an evaluation set, as all metrics read them.
 *
 * @param examples how many
 */
record EvaluationSet(Dataset set, DataSources data, int examples) {
  /** Larger batches gain nothing, and evaluation must fit wherever training did. */
  private static final int LARGEST_BATCH = 256;

  /** Examples in a batch that needs no more memory than a batch of training did. */
  static int batchSize(TrialExperiment experiment, int examples) {
    return Math.min(examples, Math.min(LARGEST_BATCH, experiment.training().batchSize()));
  }

  /** Reads them in batches; whoever asks closes the reader. */
  BatchReader batches(int batchSize) throws DataException {
    return new BatchReader(
        set.evaluation(examples),
        set.imageShape(),
        data.textEncoder(),
        BatchReader.Options.ofBatchSize(batchSize));
  }

  /** What every record of a measurement on them begins with. */
  MeasurementRecord record(String method, int version) throws DataException {
    return MeasurementRecord.of(method, version)
        .with("data", set.digest())
        .with("imageShape", set.imageShape())
        .with("textEncoder", data.textEncoder().digest())
        .with("examples", examples);
  }
}
