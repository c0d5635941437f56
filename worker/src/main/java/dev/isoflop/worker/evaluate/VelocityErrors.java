package dev.isoflop.worker.evaluate;

import dev.isoflop.api.v1alpha1.training.Weights;
import dev.isoflop.worker.data.batch.Batch;
import dev.isoflop.worker.diffusion.RandomPurpose;
import dev.isoflop.worker.diffusion.RunSeed;
import dev.isoflop.worker.model.DiffusionModel;
import dev.isoflop.worker.model.ModelState;
import java.util.function.IntToDoubleFunction;

/**
 * A model's mean squared velocity error on each example, at a time and with a noise that belong to
 * the example and not to the batch.
 *
 * @param noise what the seeds of the noise are derived for
 */
record VelocityErrors(DiffusionModel model, Weights weights, RunSeed seed, RandomPurpose noise) {
  /**
   * One error for each example of a batch.
   *
   * @param first number of the batch's first example in the set
   * @param time of an example, by its number
   */
  double[] of(ModelState state, Batch batch, int first, IntToDoubleFunction time) {
    float[] times = new float[batch.size()];
    long[] seeds = new long[batch.size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = (float) time.applyAsDouble(first + i);
      seeds[i] = seed.derive(noise, first + i);
    }
    float[] losses = model.losses(state, weights, batch.images(), batch.text(), times, seeds);
    double[] errors = new double[losses.length];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = losses[i];
    }
    return errors;
  }
}
