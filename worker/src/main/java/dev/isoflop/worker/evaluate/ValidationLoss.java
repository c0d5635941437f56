package dev.isoflop.worker.evaluate;

import dev.isoflop.api.v1alpha1.training.TimestepSpec;
import dev.isoflop.metric.Metric;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.diffusion.LogitNormalTimes;
import dev.isoflop.worker.diffusion.RandomPurpose;
import dev.isoflop.worker.diffusion.RunSeed;
import dev.isoflop.worker.model.DiffusionModel;
import dev.isoflop.worker.model.ModelState;
import dev.isoflop.worker.train.StopSignal;

/**
 * The training objective on held-out data: mean squared velocity error per element.
 *
 * <p>Common random numbers: an example meets the same time and the same noise in every trial, so
 * models of a sweep are compared on equal draws and their curves are smooth. Times are stratified.
 */
final class ValidationLoss extends ExampleMetric {
  private final TrialExperiment experiment;
  private final VelocityErrors errors;

  ValidationLoss(TrialExperiment experiment, DiffusionModel model, StopSignal stop) {
    super(Metric.ValidationLoss, experiment, model, stop);
    this.experiment = experiment;
    errors =
        new VelocityErrors(
            model,
            experiment.evaluation().weights(),
            RunSeed.EVALUATION,
            RandomPurpose.EVALUATION_NOISE);
  }

  @Override
  Method method(ModelState state, Dataset set) {
    int examples = experiment.evaluation().samples();
    TimestepSpec timesteps = experiment.training().timesteps();
    LogitNormalTimes times =
        new LogitNormalTimes(timesteps.location(), timesteps.scale(), examples, RunSeed.EVALUATION);
    return new Method(
        examples,
        (batch, first) -> errors.of(state, batch, first, times::time),
        losses -> StratifiedMean.of(times.strata().byStratum(losses)),
        "validation loss",
        2,
        record -> record.with("timesteps", timesteps));
  }
}
