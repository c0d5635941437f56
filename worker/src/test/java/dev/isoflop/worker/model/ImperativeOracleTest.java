package dev.isoflop.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.isoflop.api.v1alpha1.training.Weights;
import dev.isoflop.model.Architecture;
import dev.isoflop.model.TransformerShape;
import dev.isoflop.worker.diffusion.RandomPurpose;
import dev.isoflop.worker.diffusion.RunSeed;
import dev.isoflop.worker.model.ModelState.Section;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The TorchScript model against the same model written imperatively. */
class ImperativeOracleTest {
  /** All architectures have these image tokens and captions. */
  private static final TransformerShape SHAPE = TinyModel.SHAPE;

  private static final RunSeed SEED = new RunSeed(5);

  @ParameterizedTest
  @CsvSource({
    "InContext, false, true, 2e-5",
    "InContext, false, false, 2e-5",
    "InContext, true, true, 0.03",
    "InContext, true, false, 0.03",
    "CrossAttention, false, true, 2e-5",
    "CrossAttention, false, false, 2e-5",
    "CrossAttention, true, true, 0.03",
    "CrossAttention, true, false, 0.03",
    "AdaLNZero, false, true, 2e-5",
    "AdaLNZero, false, false, 2e-5",
    "AdaLNZero, true, true, 0.03",
    "AdaLNZero, true, false, 0.03"
  })
  void predictsTheSameLossesAtGivenTimes(
      Architecture architecture, boolean bfloat16, boolean fused, double tolerance) {
    float[] times = {0.001f, 0.2f, 0.5f, 0.7f, 0.9f, 0.999f};
    long[] seeds = {1, 2, 3, 4, 5, 6};
    try (TinyModel tiny = new TinyModel(architecture, 1, 0, new ModelPrecision(bfloat16, fused));
        ModelState state = tiny.randomState(3);
        NDManager manager = NDManager.newBaseManager("PyTorch")) {
      float[] losses =
          tiny.model.losses(state, Weights.EMA, tiny.pictures, tiny.features, times, seeds);

      NDArray noise = manager.create(patchShape());
      for (int i = 0; i < seeds.length; i++) {
        noise.set(
            new NDIndex(i),
            normal(manager, seeds[i], new Shape(SHAPE.imageTokens(), SHAPE.patchValues())));
      }
      NDArray squares =
          squaredErrors(
              manager,
              oracle(manager, architecture, state, Section.AVERAGE),
              tiny,
              noise,
              manager.create(times),
              text(manager, tiny));
      float[] expected = squares.reshape(TinyModel.BATCH, -1).mean(new int[] {1}).toFloatArray();
      for (int i = 0; i < expected.length; i++) {
        assertThat((double) losses[i])
            .isCloseTo(expected[i], within(tolerance * (double) expected[i]));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void hasTheSameTrainingLossAndGradients(Architecture architecture) {
    double dropout = 0.4;
    try (TinyModel tiny =
            new TinyModel(architecture, 1e9, dropout, new ModelPrecision(false, true));
        ModelState state = tiny.randomState(3);
        NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray noise = normal(manager, SEED.derive(RandomPurpose.TRAINING_NOISE, 1), patchShape());
      NDArray times =
          normal(manager, SEED.derive(RandomPurpose.TRAINING_TIMES, 1), new Shape(TinyModel.BATCH))
              .neg()
              .exp()
              .add(1)
              .pow(-1);
      JniUtils.setSeed(SEED.derive(RandomPurpose.CAPTION_DROPOUT, 1));
      NDArray kept =
          manager
              .randomUniform(0, 1, new Shape(TinyModel.BATCH, 1, 1))
              .gte(dropout)
              .toType(DataType.FLOAT32, false);
      assertThat(kept.sum().getFloat()).isBetween(1f, TinyModel.BATCH - 1f); // both cases occur
      NDArray text = text(manager, tiny).mul(kept);
      ImperativeTransformer oracle = oracle(manager, architecture, state, Section.PARAMETERS);
      JniUtils.setGradMode(true);
      NDArray loss = squaredErrors(manager, oracle, tiny, noise, times, text).mean();
      JniUtils.backward((PtNDArray) loss, (PtNDArray) manager.ones(new Shape()), false, false);
      float[] expected = NDArrays.concat(oracle.gradients()).toFloatArray();
      JniUtils.setGradMode(false);

      StepResult result =
          tiny.model.trainStep(
              state, tiny.pictures, tiny.features, SEED, new StepSettings(1, 1e-3, 0.9));
      float[] moment = TinyModel.read(state, Section.FIRST_MOMENT);

      assertThat(result.loss()).isCloseTo(loss.getFloat(), within(1e-5 * loss.getFloat()));
      double largest = 0;
      for (float gradient : expected) {
        largest = Math.max(largest, Math.abs(gradient));
      }
      for (int i = 0; i < expected.length; i++) {
        double gradient = moment[i] / (1 - TinyModel.BETA1);
        assertThat(gradient)
            .as("element " + i)
            .isCloseTo(expected[i], within(1e-4 * Math.abs(expected[i]) + 1e-5 * largest));
      }
    }
  }

  private static Shape patchShape() {
    return new Shape(TinyModel.BATCH, SHAPE.imageTokens(), SHAPE.patchValues());
  }

  /** What a TorchScript generator of this seed draws, drawn from the engine's global one. */
  private static NDArray normal(NDManager manager, long seed, Shape shape) {
    JniUtils.setSeed(seed);
    return manager.randomNormal(shape);
  }

  private static NDArray text(NDManager manager, TinyModel tiny) {
    return manager.create(
        tiny.features,
        new Shape(TinyModel.BATCH, SHAPE.textTokens(), SHAPE.textWidth()),
        DataType.FLOAT32);
  }

  private static ImperativeTransformer oracle(
      NDManager manager, Architecture architecture, ModelState state, Section section) {
    return new ImperativeTransformer(
        manager, TinyModel.shape(architecture), state.inventory(), TinyModel.read(state, section));
  }

  private static NDArray squaredErrors(
      NDManager manager,
      ImperativeTransformer oracle,
      TinyModel tiny,
      NDArray noise,
      NDArray times,
      NDArray text) {
    ByteBuffer pictures = tiny.pictures;
    NDArray images =
        manager.create(
            pictures,
            new Shape(TinyModel.BATCH, SHAPE.channels(), SHAPE.imageSize(), SHAPE.imageSize()),
            DataType.FLOAT32);
    NDArray data = ImperativeTransformer.patches(manager, SHAPE, images);
    NDArray t = times.reshape(TinyModel.BATCH, 1, 1);
    NDArray noisy = data.mul(t.mul(-1).add(1)).add(noise.mul(t));
    return oracle.velocity(noisy, text, times).sub(noise.sub(data)).square();
  }
}
