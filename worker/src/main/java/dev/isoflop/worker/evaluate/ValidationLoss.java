package dev.isoflop.worker.evaluate;

import dev.isoflop.api.v1alpha1.TimestepSpec;
import dev.isoflop.api.v1alpha1.Weights;
import dev.isoflop.worker.data.Batch;
import dev.isoflop.worker.data.BatchReader;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.diffusion.LogitNormalTimes;
import dev.isoflop.worker.diffusion.RandomPurpose;
import dev.isoflop.worker.diffusion.RunSeed;
import dev.isoflop.worker.model.DiffusionModel;
import dev.isoflop.worker.model.ModelState;
import dev.isoflop.worker.train.StopSignal;
import java.util.Optional;

/**
 * The training objective on held-out data: mean squared velocity error per element.
 *
 * <p>Common random numbers: an example meets the same time and the same noise in every trial, so
 * models of a sweep are compared on equal draws and their curves are smooth. Times are stratified.
 */
public final class ValidationLoss {
  private final DiffusionModel model;
  private final TimestepSpec timesteps;
  private final StopSignal stop;

  public ValidationLoss(DiffusionModel model, TimestepSpec timesteps, StopSignal stop) {
    this.model = model;
    this.timesteps = timesteps;
    this.stop = stop;
  }

  /**
   * Measures a state on {@code examples} examples; empty if asked to stop before the end.
   *
   * @param batches the first {@code examples} held-out examples; closed by the caller
   */
  public Optional<Measurement> measure(
      ModelState state, Weights weights, BatchReader batches, int examples)
      throws DataException, InterruptedException {
    RunSeed seed = RunSeed.EVALUATION;
    LogitNormalTimes times =
        new LogitNormalTimes(timesteps.location(), timesteps.scale(), examples, seed);
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
      float[] losses = model.losses(state, weights, batch.images(), batch.text(), t, seeds);
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
