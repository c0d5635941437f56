package dev.isoflop.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.model.Architecture;
import dev.isoflop.worker.diffusion.RunSeed;
import dev.isoflop.worker.model.ModelState.Section;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gradient that a training step applies is the slope of the loss that it reports. */
class GradientTest {
  private static final RunSeed SEED = new RunSeed(5);
  private static final float STEP = 1e-2f;

  /**
   * After AdamW's first step from zero moments the first moment is (1 - beta1) times the gradient.
   */
  static float[] gradient(TinyModel tiny, ModelState state) {
    loss(tiny, state);
    float[] gradient = TinyModel.read(state, Section.FIRST_MOMENT);
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] /= (float) (1 - TinyModel.BETA1);
    }
    return gradient;
  }

  private static double loss(TinyModel tiny, ModelState state) {
    StepSettings settings = new StepSettings(1, 1e-3, 0.9);
    return tiny.model.trainStep(state, tiny.pictures, tiny.features, SEED, settings).loss();
  }

  @ParameterizedTest
  @CsvSource({
    "InContext, true",
    "InContext, false",
    "CrossAttention, true",
    "CrossAttention, false",
    "AdaLNZero, true",
    "AdaLNZero, false"
  })
  void agreesWithFiniteDifferencesInEveryParameter(
      Architecture architecture, boolean fusedAttention) {
    try (TinyModel tiny =
        new TinyModel(architecture, 1e9, 0.3, new ModelPrecision(false, fusedAttention))) {
      float[] at;
      float[] gradient;
      ParameterInventory inventory;
      try (ModelState state = tiny.randomState(3)) {
        inventory = state.inventory();
        at = TinyModel.read(state, Section.PARAMETERS);
        gradient = gradient(tiny, state);
      }
      int offset = 0;
      for (Parameter parameter : inventory.all()) {
        int size = Math.toIntExact(parameter.size());
        double norm = Math.sqrt(dot(gradient, gradient, offset, size));
        assertThat(norm).as(parameter.name()).isPositive();
        double tolerance = 0.01 * norm + 2e-4;
        for (float[] direction :
            List.of(random(at.length, offset, size), along(gradient, norm, offset, size))) {
          double slope =
              (lossAt(tiny, moved(at, direction, STEP)) - lossAt(tiny, moved(at, direction, -STEP)))
                  / (2 * STEP);
          assertThat(slope)
              .as(parameter.name())
              .isCloseTo(dot(gradient, direction, offset, size), within(tolerance));
        }
        offset += size;
      }
    }
  }

  private static double lossAt(TinyModel tiny, float[] parameters) {
    try (ModelState state = tiny.model.emptyState()) {
      tiny.write(state, Section.PARAMETERS, parameters);
      return loss(tiny, state);
    }
  }

  /** A unit vector within one parameter. */
  private static float[] random(int length, int offset, int size) {
    Random random = new Random(offset);
    float[] direction = new float[length];
    for (int i = offset; i < offset + size; i++) {
      direction[i] = (float) ((random.nextBoolean() ? 1 : -1) / Math.sqrt(size));
    }
    return direction;
  }

  /** The unit vector of steepest ascent within one parameter. */
  private static float[] along(float[] gradient, double norm, int offset, int size) {
    float[] direction = new float[gradient.length];
    for (int i = offset; i < offset + size; i++) {
      direction[i] = (float) (gradient[i] / norm);
    }
    return direction;
  }

  private static float[] moved(float[] at, float[] direction, float by) {
    float[] moved = at.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += by * direction[i];
    }
    return moved;
  }

  private static double dot(float[] a, float[] b, int offset, int size) {
    double sum = 0;
    for (int i = offset; i < offset + size; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
