package dev.isoflop.worker.evaluate;

import dev.isoflop.api.v1alpha1.training.LikelihoodSpec;
import dev.isoflop.metric.Metric;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.data.PixelLevels;
import dev.isoflop.worker.data.batch.Batch;
import dev.isoflop.worker.diffusion.OdeSolver;
import dev.isoflop.worker.model.DiffusionModel;
import dev.isoflop.worker.model.FlowLikelihood;
import dev.isoflop.worker.model.ModelState;
import dev.isoflop.worker.train.StopSignal;

/**
 * The negative log-likelihood under the model's flow, in bits a dimension.
 *
 * <p>Pixels are dequantised: the density, averaged over the width w of a level, is a bound on the
 * probability of the 8-bit image divided by w (Theis et al. 2016), so that -log2 w is added to each
 * dimension, which is log2(127.5) for 256 levels in -1 ... 1. Latents have a density alone, whose
 * bits may be negative.
 */
final class ExactLikelihood extends ExampleMetric {
  private final TrialExperiment experiment;
  private final LikelihoodSpec spec;
  private final FlowLikelihood likelihood;

  ExactLikelihood(TrialExperiment experiment, DiffusionModel model, StopSignal stop) {
    super(Metric.Likelihood, experiment, model, stop);
    this.experiment = experiment;
    spec = experiment.evaluation().likelihood();
    likelihood =
        new FlowLikelihood(model, OdeSolver.of(spec.solver()), spec.steps(), spec.probes());
  }

  @Override
  Method method(ModelState state, Dataset set) {
    double levelWidth =
        switch (set.valueKind()) {
          case PIXELS -> PixelLevels.WIDTH;
          case LATENTS -> 0;
        };
    return new Method(
        spec.samplesOf(experiment.evaluation().samples()),
        (batch, first) -> bits(state, batch, first, levelWidth),
        SampleMean::of,
        "likelihood of the probability flow",
        1,
        record ->
            record
                .with("values", set.valueKind())
                .with("solver", spec.solver())
                .with("steps", spec.steps())
                .with("probes", spec.probes()));
  }

  private double[] bits(ModelState state, Batch batch, int first, double levelWidth) {
    float[] nats =
        likelihood.negativeLogDensity(
            state,
            experiment.evaluation().weights(),
            batch.images(),
            batch.text(),
            levelWidth,
            batch.size(),
            first);
    double ofLevels = levelWidth > 0 ? -Math.log(levelWidth) : 0;
    double[] bits = new double[nats.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = (nats[i] / batch.image(i).limit() + ofLevels) / Math.log(2);
    }
    return bits;
  }
}
