package dev.isoflop.worker.evaluate;

import dev.isoflop.trial.Metric;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.worker.data.Batch;
import dev.isoflop.worker.data.BatchReader;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataSources;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.diffusion.LogitNormalTimes;
import dev.isoflop.worker.diffusion.RandomPurpose;
import dev.isoflop.worker.diffusion.RunSeed;
import dev.isoflop.worker.model.DiffusionModel;
import dev.isoflop.worker.model.ModelState;
import dev.isoflop.worker.train.StopSignal;
import java.util.List;
import java.util.Optional;

/**
 * The training objective on held-out data: mean squared velocity error per element.
 *
 * <p>Common random numbers: an example meets the same time and the same noise in every trial, so
 * models of a sweep are compared on equal draws and their curves are smooth. Times are stratified.
 */
final class ValidationLoss implements SetMetric {
  private final TrialExperiment experiment;
  private final DiffusionModel model;
  private final StopSignal stop;

  ValidationLoss(TrialExperiment experiment, DiffusionModel model, StopSignal stop) {
    this.experiment = experiment;
    this.model = model;
    this.stop = stop;
  }

  @Override
  public Optional<List<Reading>> measure(ModelState state, Dataset set, DataSources data)
      throws DataException, InterruptedException {
    int examples = experiment.evaluation().samples();
    EvaluationSet examined = new EvaluationSet(set, data, examples);
    Optional<Measurement> measured;
    try (BatchReader batches = examined.batches(EvaluationSet.batchSize(experiment, examples))) {
      measured = measure(state, batches, examples);
    }
    if (measured.isEmpty()) {
      return Optional.empty();
    }
    MeasurementRecord record =
        examined
            .record("validation loss", 2)
            .with("weights", experiment.evaluation().weights())
            .with("timesteps", experiment.training().timesteps());
    return Optional.of(
        List.of(new Reading(Metric.ValidationLoss, set.name(), measured.get(), record)));
  }

  private Optional<Measurement> measure(ModelState state, BatchReader batches, int examples)
      throws DataException, InterruptedException {
    RunSeed seed = RunSeed.EVALUATION;
    LogitNormalTimes times =
        new LogitNormalTimes(
            experiment.training().timesteps().location(),
            experiment.training().timesteps().scale(),
            examples,
            seed);
    double[] byStratum = new double[examples];
    int done = 0;
    for (Optional<Batch> next = batches.next(); next.isPresent(); next = batches.next()) {
      if (stop.requested()) {
        return Optional.empty();
      }
      Batch batch = next.get();
      float[] t = new float[batch.size()];
      long[] seeds = new long[batch.size()];
      for (int i = 0; i < t.length; i++) {
        t[i] = (float) times.time(done + i);
        seeds[i] = seed.derive(RandomPurpose.EVALUATION_NOISE, done + i);
      }
      float[] losses =
          model.losses(
              state, experiment.evaluation().weights(), batch.images(), batch.text(), t, seeds);
      for (int i = 0; i < losses.length; i++) {
        byStratum[times.stratum(done + i)] = losses[i];
      }
      done += losses.length;
    }
    if (done != examples) {
      throw new IllegalStateException("%d examples came instead of %d".formatted(done, examples));
    }
    return Optional.of(StratifiedMean.of(byStratum));
  }
}
