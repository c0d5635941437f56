package dev.isoflop.worker.bench;

import ai.djl.pytorch.engine.PtNDManager;
import dev.isoflop.api.v1alpha1.training.SamplerSpec;
import dev.isoflop.api.v1alpha1.training.SamplerType;
import dev.isoflop.api.v1alpha1.training.Weights;
import dev.isoflop.model.Architecture;
import dev.isoflop.model.TransformerShape;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.PixelLevels;
import dev.isoflop.worker.data.batch.Batch;
import dev.isoflop.worker.data.batch.BatchReader;
import dev.isoflop.worker.data.scenes.Manner;
import dev.isoflop.worker.data.scenes.SceneDataset;
import dev.isoflop.worker.data.text.HashedTextEncoder;
import dev.isoflop.worker.diffusion.OdeSolver;
import dev.isoflop.worker.diffusion.RunSeed;
import dev.isoflop.worker.model.DiffusionModel;
import dev.isoflop.worker.model.FlowLikelihood;
import dev.isoflop.worker.model.FlowSampler;
import dev.isoflop.worker.model.ModelArchive;
import dev.isoflop.worker.model.ModelPrecision;
import dev.isoflop.worker.model.ModelState;
import dev.isoflop.worker.model.StepSettings;
import dev.isoflop.worker.torch.TorchRuntime;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What each metric costs, over the cost of a training step on the same batch, as CPU time of one
 * thread; and how far the likelihood is from its limit of many steps, on a model that was trained.
 */
@Tag("bench")
final class MetricCostBench {
  private static final int BATCH = 32;
  private static final int TRAINING_STEPS = 1200;
  private static final int ROUNDS = 3;
  private static final int REFERENCE_STEPS = 200;
  private static final TransformerShape SHAPE =
      new TransformerShape(Architecture.InContext, 2, 32, 16, 2, 8, 1, 8, 16);
  private static final RunSeed SEED = new RunSeed(1);

  private final HashedTextEncoder encoder = new HashedTextEncoder(8, 16);
  private final SceneDataset scenes = new SceneDataset("bench", Manner.SOLID, new ImageShape(1, 8));

  @Test
  void costsOfMetricsAndStepsOfTheLikelihood() throws Exception {
    try (PtNDManager manager = TorchRuntime.start(1).newManager();
        DiffusionModel model =
            new DiffusionModel(
                manager,
                SHAPE,
                ModelArchive.pack(SHAPE, BenchTraining.SPEC, new ModelPrecision(false, true)));
        ModelState state = model.initialState(SEED)) {
      train(model, state);
      try (BatchReader reader =
          new BatchReader(
              scenes.evaluation(BATCH),
              scenes.imageShape(),
              encoder,
              BatchReader.Options.ofBatchSize(BATCH))) {
        Batch batch = reader.next().orElseThrow();
        costs(model, state, batch);
        steps(model, state, batch);
      }
    }
  }

  private void train(DiffusionModel model, ModelState state) throws Exception {
    try (BatchReader reader =
        new BatchReader(
            scenes.train(1, 0),
            scenes.imageShape(),
            encoder,
            BatchReader.Options.ofBatchSize(BATCH))) {
      for (int i = 1; i <= TRAINING_STEPS; i++) {
        step(model, state, reader.next().orElseThrow(), i);
      }
    }
  }

  private static void step(DiffusionModel model, ModelState state, Batch batch, int number) {
    model.trainStep(
        state, batch.images(), batch.text(), SEED, new StepSettings(number, 3e-3, 0.99));
  }

  private static void costs(DiffusionModel model, ModelState state, Batch batch) {
    float[] times = new float[BATCH];
    Arrays.fill(times, 0.5f);
    long[] seeds = new long[BATCH];
    double step = milliseconds(() -> step(model, state, batch, TRAINING_STEPS));
    report(
        "validation loss or bound",
        step,
        milliseconds(
            () -> model.losses(state, Weights.EMA, batch.images(), batch.text(), times, seeds)));
    for (double guidance : new double[] {1, 4}) {
      FlowSampler sampler =
          new FlowSampler(model, new SamplerSpec(SamplerType.Euler, 25, guidance));
      report(
          "sampling, Euler, 25 steps, guidance " + guidance,
          step,
          milliseconds(() -> sampler.sample(state, Weights.EMA, batch.text(), BATCH, 0)));
    }
    report(
        "likelihood, Midpoint, 32 steps, 1 probe",
        step,
        milliseconds(() -> nats(model, state, batch, OdeSolver.MIDPOINT, 32)));
  }

  private static void report(String what, double step, double milliseconds) {
    System.out.printf(
        Locale.ROOT,
        "%s: %.2f training steps (%.2f ms for %d pictures)%n",
        what,
        milliseconds / step,
        milliseconds,
        BATCH);
  }

  private static void steps(DiffusionModel model, ModelState state, Batch batch) {
    float[] limit = nats(model, state, batch, OdeSolver.MIDPOINT, REFERENCE_STEPS);
    for (OdeSolver solver : OdeSolver.values()) {
      for (int evaluations : new int[] {16, 32, 64, 128}) {
        int steps = evaluations / solver.nodes().length;
        float[] nats = nats(model, state, batch, solver, steps);
        double bias = 0;
        double squares = 0;
        for (int i = 0; i < BATCH; i++) {
          double bits = (nats[i] - limit[i]) / (SHAPE.imageSize() * SHAPE.imageSize());
          bias += bits / Math.log(2) / BATCH;
          squares += Math.pow(bits / Math.log(2), 2) / BATCH;
        }
        System.out.printf(
            Locale.ROOT,
            "%s, %d steps: off by %+.4f bits a dimension in the mean, %.4f in root mean square%n",
            solver,
            steps,
            bias,
            Math.sqrt(squares));
      }
    }
  }

  private static float[] nats(
      DiffusionModel model, ModelState state, Batch batch, OdeSolver solver, int steps) {
    return new FlowLikelihood(model, solver, steps, 1)
        .negativeLogDensity(
            state, Weights.EMA, batch.images(), batch.text(), PixelLevels.WIDTH, BATCH, 0);
  }

  /** The least of some rounds after a first. */
  private static double milliseconds(Runnable work) {
    work.run();
    double least = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
      long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      work.run();
      long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began;
      least = Math.min(least, took * 1e-6);
    }
    return least;
  }
}
