package dev.isoflop.worker.evaluate;

import dev.isoflop.api.v1alpha1.training.TimestepSpec;
import dev.isoflop.metric.Metric;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.data.open.DataSources;
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
  private final String arithmetic;
  private final TrialExperiment experiment;
  private final VelocityErrors errors;
  private final StopSignal stop;

  ValidationLoss(TrialExperiment experiment, DiffusionModel model, StopSignal stop) {
    arithmetic = model.arithmetic();
    this.experiment = experiment;
    this.stop = stop;
    errors =
        new VelocityErrors(
            model,
            experiment.evaluation().weights(),
            RunSeed.EVALUATION,
            RandomPurpose.EVALUATION_NOISE);
  }

  @Override
  public Optional<List<Reading>> measure(ModelState state, Dataset set, DataSources data)
      throws DataException, InterruptedException {
    int examples = experiment.evaluation().samples();
    TimestepSpec timesteps = experiment.training().timesteps();
    LogitNormalTimes times =
        new LogitNormalTimes(timesteps.location(), timesteps.scale(), examples, RunSeed.EVALUATION);
    EvaluationSet measured = new EvaluationSet(set, data, examples);
    Optional<double[]> losses =
        measured.measure(
            EvaluationSet.batchSize(experiment, examples),
            stop,
            (batch, first) -> errors.of(state, batch, first, times::time));
    if (losses.isEmpty()) {
      return Optional.empty();
    }
    MeasurementRecord record =
        measured
            .record("validation loss", 2)
            .with("weights", experiment.evaluation().weights())
            .with("arithmetic", arithmetic)
            .with("timesteps", timesteps);
    Measurement mean = StratifiedMean.of(times.strata().byStratum(losses.get()));
    return Optional.of(List.of(new Reading(Metric.ValidationLoss, set.name(), mean, record)));
  }
}
