package dev.isoflop.worker.evaluate;

import dev.isoflop.metric.Metric;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.data.batch.Batch;
import dev.isoflop.worker.diffusion.BoundTimes;
import dev.isoflop.worker.diffusion.RandomPurpose;
import dev.isoflop.worker.diffusion.RunSeed;
import dev.isoflop.worker.model.DiffusionModel;
import dev.isoflop.worker.model.ModelState;
import dev.isoflop.worker.train.StopSignal;

/**
 * The variational bound on the negative log-likelihood in continuous time (Kingma et al. 2021), in
 * bits a dimension: the diffusion term, sampled at one time and noise for each example as {@link
 * BoundTimes} says, and the {@link Reconstruction}. The third term, the divergence of the noisiest
 * data from the prior, is zero: at t = 1 nothing of the data is left.
 *
 * <p>Of pixels it bounds the bits of the 8-bit image, of latents a density, which may be negative.
 */
final class VariationalBound extends ExampleMetric {
  private final TrialExperiment experiment;
  private final VelocityErrors errors;

  VariationalBound(TrialExperiment experiment, DiffusionModel model, StopSignal stop) {
    super(Metric.VLB, experiment, model, stop);
    this.experiment = experiment;
    errors =
        new VelocityErrors(
            model,
            experiment.evaluation().weights(),
            RunSeed.EVALUATION,
            RandomPurpose.BOUND_NOISE);
  }

  @Override
  Method method(ModelState state, Dataset set) {
    int examples = experiment.evaluation().samples();
    BoundTimes times = new BoundTimes(examples, RunSeed.EVALUATION);
    Reconstruction reconstruction = Reconstruction.of(set.valueKind());
    return new Method(
        examples,
        (batch, first) -> bits(state, batch, first, times, reconstruction),
        bits -> StratifiedMean.of(times.strata().byStratum(bits)),
        "variational bound",
        1,
        record ->
            record
                .with("reconstruction", reconstruction.name())
                .with("firstTime", BoundTimes.FIRST));
  }

  private double[] bits(
      ModelState state, Batch batch, int first, BoundTimes times, Reconstruction reconstruction) {
    double[] bits = errors.of(state, batch, first, times::time);
    for (int i = 0; i < bits.length; i++) {
      double nats =
          bits[i] * BoundTimes.weight(times.time(first + i)) + reconstruction.nats(batch.image(i));
      bits[i] = nats / Math.log(2);
    }
    return bits;
  }
}
