package dev.isoflop.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.jni.JniUtils;
import com.fasterxml.jackson.databind.JsonNode;
import dev.isoflop.model.Architecture;
import dev.isoflop.model.TransformerShape;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.worker.diffusion.RunSeed;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Counts the matrix products that libtorch's profiler saw, and what the shape says they cost. */
class FlopCountTest {
  /** The fused attention kernel hides its products, so it is off. */
  private static final ModelPrecision SEPARATE = new ModelPrecision(false, false);

  @ParameterizedTest
  @EnumSource
  void theGraphRunsTheProductsThatTheShapeCounts(Architecture architecture, @TempDir Path folder)
      throws IOException {
    TransformerShape tiny = TinyModel.shape(architecture);
    assertThat(profiled(tiny, folder.resolve("tiny.json")))
        .isEqualTo(TinyModel.BATCH * tiny.trainingFlops());
    TransformerShape other = new TransformerShape(architecture, 3, 32, 32, 2, 8, 3, 3, 5);
    assertThat(profiled(other, folder.resolve("other.json")))
        .isEqualTo(TinyModel.BATCH * other.trainingFlops());
  }

  @ParameterizedTest
  @EnumSource
  void portionsOfABatchRunTheSameProducts(Architecture architecture, @TempDir Path folder)
      throws IOException {
    TransformerShape tiny = TinyModel.shape(architecture);
    try (TinyModel model = TinyModel.lean(tiny, SEPARATE, 4, false)) {
      assertThat(profiled(model, folder.resolve("portions.json")))
          .isEqualTo(TinyModel.BATCH * tiny.trainingFlops());
    }
  }

  /** What is recorded and what utilisation counts is the model's work, not this. */
  @ParameterizedTest
  @EnumSource
  void computingBlocksAgainRunsEmbeddingAndBlocksForwardOnceMore(
      Architecture architecture, @TempDir Path folder) throws IOException {
    TransformerShape tiny = TinyModel.shape(architecture);
    double w = tiny.width();
    double modulation = architecture == Architecture.AdaLNZero ? 4 * w * w : 0;
    double head = 2 * w * tiny.imageTokens() * tiny.patchValues() + modulation;
    try (TinyModel model = TinyModel.lean(tiny, SEPARATE, null, true)) {
      assertThat(profiled(model, folder.resolve("again.json")))
          .isEqualTo(TinyModel.BATCH * (tiny.trainingFlops() + tiny.forwardFlops() - head));
    }
  }

  private static double profiled(TransformerShape shape, Path trace) throws IOException {
    try (TinyModel tiny = TinyModel.ofShape(shape, SEPARATE)) {
      return profiled(tiny, trace);
    }
  }

  /** FLOPs of one training step. */
  private static double profiled(TinyModel tiny, Path trace) throws IOException {
    try (ModelState state = tiny.model.initialState(new RunSeed(1))) {
      JniUtils.startProfile(false, true, false);
      tiny.model.trainStep(
          state, tiny.pictures, tiny.features, new RunSeed(1), new StepSettings(1, 1e-3, 0.9));
      JniUtils.stopProfile(trace.toString());
    }
    double flops = 0;
    for (JsonNode event : TrialJson.MAPPER.readTree(trace.toFile())) {
      JsonNode shapes = event.path("shape");
      flops +=
          switch (event.path("name").asText()) {
            case "aten::mm", "aten::bmm" -> product(shapes.path(0), shapes.path(1));
            case "aten::addmm" -> product(shapes.path(1), shapes.path(2));
            case "aten::baddbmm", "aten::matmul_backward" ->
                throw new AssertionError("a product that is not counted here: " + event);
            default -> 0;
          };
    }
    return flops;
  }

  /** 2 x (elements of the left matrix) x (columns of the right one). */
  private static double product(JsonNode left, JsonNode right) {
    double elements = 1;
    for (JsonNode dimension : left) {
      elements *= dimension.asDouble();
    }
    return 2 * elements * right.path(right.size() - 1).asDouble();
  }
}
