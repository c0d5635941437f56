package dev.isoflop.worker.model;

import dev.isoflop.api.v1alpha1.training.SamplerSpec;
import dev.isoflop.api.v1alpha1.training.Weights;
import dev.isoflop.worker.diffusion.FlowTimes;
import dev.isoflop.worker.diffusion.OdeSolver;
import dev.isoflop.worker.diffusion.RandomPurpose;
import dev.isoflop.worker.diffusion.RunSeed;
import java.nio.ByteBuffer;

/**
 * Draws pictures from a trained model: follows its velocity from noise at t = 1 to data at t = 0 in
 * equal steps, with classifier-free guidance.
 *
 * <p>Common random numbers: the n-th picture starts from the same noise in every trial, whatever
 * the batch it comes in, so that the differences between models are not drowned by their noise.
 */
public final class FlowSampler {
  private final DiffusionModel model;
  private final OdeSolver solver;
  private final double[] times;
  private final double guidance;

  public FlowSampler(DiffusionModel model, SamplerSpec spec) {
    this(model, OdeSolver.of(spec.type()), FlowTimes.equal(1, 0, spec.steps()), spec.guidance());
  }

  /**
   * A sampler with steps of any size.
   *
   * @param times the steps go from each to the next; the first is 1, where noise is
   */
  FlowSampler(DiffusionModel model, OdeSolver solver, double[] times, double guidance) {
    this.model = model;
    this.solver = solver;
    this.times = times.clone();
    this.guidance = guidance;
  }

  /**
   * One picture for each caption.
   *
   * @param features text features {@code [B, T, E]} as FP32 in direct memory
   * @param count B
   * @param first number of the first of these pictures among all that are drawn
   * @return {@code [B, C, H, W]} on the scale of the data, values outside -1 ... 1 included
   */
  public float[] sample(
      ModelState state, Weights weights, ByteBuffer features, int count, long first) {
    long[] seeds = new long[count];
    for (int i = 0; i < count; i++) {
      seeds[i] = RunSeed.EVALUATION.derive(RandomPurpose.SAMPLE_NOISE, first + i);
    }
    return model.evaluate(
        "sample",
        state,
        weights,
        arguments ->
            arguments
                .tensor(features, model.textShape(count))
                .integers(model.pictureShape(1).slice(1).getShape())
                .integers(seeds)
                .numbers(times)
                .numbers(solver.nodes())
                .numbers(solver.weights())
                .number(guidance));
  }
}
