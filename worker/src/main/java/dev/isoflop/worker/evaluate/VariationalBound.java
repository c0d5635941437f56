package dev.isoflop.worker.evaluate;

import dev.isoflop.metric.Metric;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.data.batch.Batch;
import dev.isoflop.worker.data.open.DataSources;
import dev.isoflop.worker.diffusion.BoundTimes;
import dev.isoflop.worker.diffusion.RandomPurpose;
import dev.isoflop.worker.diffusion.RunSeed;
import dev.isoflop.worker.model.DiffusionModel;
import dev.isoflop.worker.model.ModelState;
import dev.isoflop.worker.train.StopSignal;
import java.util.List;
import java.util.Optional;

/**
 * The variational bound on the negative log-likelihood in continuous time (Kingma et al. 2021), in
 * bits a dimension: the diffusion term, sampled at one time and noise for each example as {@link
 * BoundTimes} says, and the {@link Reconstruction}. The third term, the divergence of the noisiest
 * data from the prior, is zero: at t = 1 nothing of the data is left.
 *
 * <p>Of pixels it bounds the bits of the 8-bit image, of latents a density, which may be negative.
 */
final class VariationalBound implements SetMetric {
  private final String arithmetic;
  private final TrialExperiment experiment;
  private final VelocityErrors errors;
  private final StopSignal stop;

  VariationalBound(TrialExperiment experiment, DiffusionModel model, StopSignal stop) {
    arithmetic = model.arithmetic();
    this.experiment = experiment;
    this.stop = stop;
    errors =
        new VelocityErrors(
            model,
            experiment.evaluation().weights(),
            RunSeed.EVALUATION,
            RandomPurpose.BOUND_NOISE);
  }

  @Override
  public Optional<List<Reading>> measure(ModelState state, Dataset set, DataSources data)
      throws DataException, InterruptedException {
    int examples = experiment.evaluation().samples();
    BoundTimes times = new BoundTimes(examples, RunSeed.EVALUATION);
    Reconstruction reconstruction = Reconstruction.of(set.valueKind());
    EvaluationSet measured = new EvaluationSet(set, data, examples);
    Optional<double[]> bits =
        measured.measure(
            EvaluationSet.batchSize(experiment, examples),
            stop,
            (batch, first) -> bits(state, batch, first, times, reconstruction));
    if (bits.isEmpty()) {
      return Optional.empty();
    }
    MeasurementRecord record =
        measured
            .record("variational bound", 1)
            .with("weights", experiment.evaluation().weights())
            .with("arithmetic", arithmetic)
            .with("reconstruction", reconstruction.name())
            .with("firstTime", BoundTimes.FIRST);
    Measurement mean = StratifiedMean.of(times.strata().byStratum(bits.get()));
    return Optional.of(List.of(new Reading(Metric.VLB, set.name(), mean, record)));
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
