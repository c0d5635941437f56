package dev.isoflop.worker.model;

import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.api.v1alpha1.training.Weights;
import dev.isoflop.worker.diffusion.FlowTimes;
import dev.isoflop.worker.diffusion.OdeSolver;
import dev.isoflop.worker.diffusion.RandomPurpose;
import dev.isoflop.worker.diffusion.RunSeed;
import java.nio.ByteBuffer;

/**
 * Log-densities of pictures under a trained model, by following its flow from data to noise. They
 * are exact up to the solver's steps; the trace is estimated without bias.
 *
 * <p>Common random numbers: the n-th picture of a set meets the same probes and the same
 * dequantisation in every trial, whatever the batch it comes in.
 */
public final class FlowLikelihood {
  private final DiffusionModel model;
  private final OdeSolver solver;
  private final double[] times;
  private final int probes;

  /**
   * How it is computed.
   *
   * @param steps from data to noise, as {@link FlowTimes} spaces them
   * @param probes random vectors for the trace of each picture; 0 for the exact trace, which takes
   *     as many backward passes as a picture has elements
   */
  public FlowLikelihood(DiffusionModel model, OdeSolver solver, int steps, int probes) {
    this(model, solver, FlowTimes.fromData(steps), probes);
  }

  /** As above, with steps from 0 to 1 of any size. */
  FlowLikelihood(DiffusionModel model, OdeSolver solver, double[] times, int probes) {
    this.model = model;
    this.solver = solver;
    this.times = times.clone();
    this.probes = probes;
  }

  /**
   * The negative log-density of each picture under its caption, in nats.
   *
   * @param pictures {@code [B, C, H, W]} as FP32 in direct memory
   * @param features text features {@code [B, T, E]}, likewise
   * @param levelWidth distance of the levels that the values have, which are spread evenly over it;
   *     0 for values that are no levels
   * @param count B
   * @param first number of the first of these pictures in its set
   */
  public float[] negativeLogDensity(
      ModelState state,
      Weights weights,
      ByteBuffer pictures,
      ByteBuffer features,
      double levelWidth,
      int count,
      long first) {
    long[] levels = new long[count];
    long[] directions = new long[probes * count];
    for (int i = 0; i < count; i++) {
      levels[i] = RunSeed.EVALUATION.derive(RandomPurpose.DEQUANTISATION, first + i);
      for (int k = 0; k < probes; k++) {
        long index = Math.addExact(Math.multiplyExact(first + i, Bounds.PROBES), k);
        directions[k * count + i] = RunSeed.EVALUATION.derive(RandomPurpose.TRACE_PROBES, index);
      }
    }
    return model.evaluate(
        "negative_log_density",
        state,
        weights,
        arguments ->
            arguments
                .tensor(pictures, model.pictureShape(count))
                .tensor(features, model.textShape(count))
                .number(levelWidth)
                .integers(levels)
                .integers(directions)
                .numbers(times)
                .numbers(solver.nodes())
                .numbers(solver.weights()));
  }
}
