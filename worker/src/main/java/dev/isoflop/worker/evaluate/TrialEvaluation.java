package dev.isoflop.worker.evaluate;

import dev.isoflop.trial.Metric;
import dev.isoflop.trial.MetricValue;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.worker.data.BatchReader;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataSources;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.PendingExample;
import dev.isoflop.worker.model.DiffusionModel;
import dev.isoflop.worker.model.ModelState;
import dev.isoflop.worker.train.StopSignal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Measures a trained model on all evaluation sets of its experiment. */
public final class TrialEvaluation {
  /** Larger batches gain nothing, and evaluation must fit wherever training did. */
  private static final int LARGEST_BATCH = 256;

  private final TrialExperiment experiment;
  private final DiffusionModel model;
  private final StopSignal stop;

  public TrialEvaluation(TrialExperiment experiment, DiffusionModel model, StopSignal stop) {
    this.experiment = experiment;
    this.model = model;
    this.stop = stop;
  }

  /**
   * Reads through all that the model will be measured on, so that a set which is too small or
   * damaged is found before training is paid for; false if asked to stop before the end.
   */
  public boolean rehearse(DataSources data) throws DataException {
    for (Dataset dataset : data.evaluation()) {
      try (ExampleStream stream = dataset.evaluation(experiment.evaluation().samples())) {
        for (Optional<PendingExample> next = stream.next();
            next.isPresent();
            next = stream.next()) {
          if (stop.requested()) {
            return false;
          }
          next.get().decode();
        }
      }
    }
    return true;
  }

  /** One value for each evaluation set, in their order; empty if asked to stop before the end. */
  public Optional<List<MetricValue>> measure(ModelState state, DataSources data)
      throws DataException, InterruptedException {
    List<MetricValue> values = new ArrayList<>();
    ValidationLoss loss = new ValidationLoss(model, experiment.training().timesteps(), stop);
    int examples = experiment.evaluation().samples();
    int batchSize = Math.min(examples, Math.min(LARGEST_BATCH, experiment.training().batchSize()));
    for (Dataset dataset : data.evaluation()) {
      try (BatchReader batches =
          new BatchReader(
              dataset.evaluation(examples),
              dataset.imageShape(),
              data.textEncoder(),
              BatchReader.Options.ofBatchSize(batchSize))) {
        Optional<Measurement> measured =
            loss.measure(state, experiment.evaluation().weights(), batches, examples);
        if (measured.isEmpty()) {
          return Optional.empty();
        }
        Measurement value = measured.get();
        values.add(
            new MetricValue(
                Metric.ValidationLoss,
                dataset.name(),
                value.mean(),
                examples > 1 ? value.standardError() : null,
                examples,
                provenance(dataset, data)));
      }
    }
    return Optional.of(values);
  }

  /**
   * A digest of all that decides what the number means, so that only like is compared with like.
   */
  private String provenance(Dataset dataset, DataSources data) throws DataException {
    String what =
        String.join(
            "\n",
            "validation loss 1",
            dataset.digest(),
            data.textEncoder().digest(),
            dataset.imageShape().toString(),
            experiment.training().timesteps().toString(),
            experiment.evaluation().weights().toString(),
            Integer.toString(experiment.evaluation().samples()));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(what.getBytes(StandardCharsets.UTF_8));
      return "sha256:" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
