package dev.isoflop.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.api.v1alpha1.training.Weights;
import dev.isoflop.model.Architecture;
import dev.isoflop.model.TransformerShape;
import dev.isoflop.worker.diffusion.RunSeed;
import dev.isoflop.worker.model.ModelState.Section;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingStepTest {
  private static final float[] TIMES = {0.1f, 0.3f, 0.5f, 0.6f, 0.8f, 0.95f};
  private static final long[] SEEDS = {1, 2, 3, 4, 5, 6};

  private static StepResult step(TinyModel tiny, ModelState state, long step) {
    return tiny.model.trainStep(
        state, tiny.pictures, tiny.features, new RunSeed(9), new StepSettings(step, 3e-3, 0.9));
  }

  @ParameterizedTest
  @EnumSource
  void learnsItsOneBatch(Architecture architecture) {
    try (TinyModel tiny = TinyModel.ofShape(TinyModel.shape(architecture));
        ModelState state = tiny.model.initialState(new RunSeed(1))) {
      double first = step(tiny, state, 1).loss();
      double last = 0;
      for (int i = 2; i <= 300; i++) {
        double loss = step(tiny, state, i).loss();
        last += i > 280 ? loss / 20 : 0;
      }
      assertThat(last).isLessThan(0.8 * first);
    }
  }

  /** A bound above every norm leaves gradients alone, and 0 is no bound at all. */
  @Test
  void aClipOfZeroIsNoClipping() {
    ModelPrecision precision = new ModelPrecision(false, true);
    try (TinyModel unclipped = new TinyModel(0, 0, precision);
        TinyModel neverClipped = new TinyModel(1e30, 0, precision);
        ModelState one = unclipped.model.initialState(new RunSeed(1));
        ModelState other = neverClipped.model.initialState(new RunSeed(1))) {
      float[] start = TinyModel.read(one, Section.PARAMETERS);
      for (int i = 1; i <= 3; i++) {
        assertThat(step(unclipped, one, i)).isEqualTo(step(neverClipped, other, i));
      }
      assertThat(TinyModel.read(one, Section.PARAMETERS))
          .isEqualTo(TinyModel.read(other, Section.PARAMETERS))
          .isNotEqualTo(start);
    }
  }

  @Test
  void repeatsItsBits() {
    try (TinyModel one = TinyModel.standard();
        TinyModel other = TinyModel.standard();
        ModelState oneState = one.model.initialState(new RunSeed(1));
        ModelState otherState = other.model.initialState(new RunSeed(1))) {
      for (int i = 1; i <= 20; i++) {
        assertThat(step(one, oneState, i)).isEqualTo(step(other, otherState, i));
      }
      for (Section section : Section.values()) {
        assertThat(TinyModel.read(oneState, section))
            .isEqualTo(TinyModel.read(otherState, section));
      }
    }
  }

  @Test
  void drawsOtherWeightsAndNoiseFromOtherSeeds() {
    try (TinyModel tiny = TinyModel.standard();
        ModelState one = tiny.model.initialState(new RunSeed(1));
        ModelState two = tiny.model.initialState(new RunSeed(2));
        ModelState again = tiny.model.initialState(new RunSeed(1))) {
      assertThat(TinyModel.read(one, Section.PARAMETERS))
          .isEqualTo(TinyModel.read(again, Section.PARAMETERS))
          .isNotEqualTo(TinyModel.read(two, Section.PARAMETERS));
      assertThat(step(tiny, one, 1)).isNotEqualTo(step(tiny, again, 2));
    }
  }

  @Test
  void startsByPredictingNothing() {
    TransformerShape wider = new TransformerShape(Architecture.InContext, 3, 24, 8, 4, 8, 3, 3, 5);
    try (TinyModel tiny = TinyModel.standard();
        TinyModel other = TinyModel.ofShape(wider);
        ModelState state = tiny.model.initialState(new RunSeed(1));
        ModelState otherState = other.model.initialState(new RunSeed(2))) {
      float[] losses =
          tiny.model.losses(state, Weights.Raw, tiny.pictures, tiny.features, TIMES, SEEDS);

      // Whatever its size, such a model's loss is that of the data and the noise alone: this shows
      // that noise depends on the example's seed and on nothing of the model.
      assertThat(losses)
          .isEqualTo(
              other.model.losses(
                  otherState, Weights.Raw, other.pictures, other.features, TIMES, SEEDS));
      double mean = 0;
      for (float loss : losses) {
        mean += loss / losses.length;
      }
      assertThat(mean).isCloseTo(2, within(0.3)); // unit pictures and unit noise
    }
  }

  @Test
  void startsXavierUniformWithGainsOneAndBiasesZero() {
    try (TinyModel tiny = TinyModel.standard();
        ModelState state = tiny.model.initialState(new RunSeed(1))) {
      float[] values = TinyModel.read(state, Section.PARAMETERS);
      int offset = 0;
      for (Parameter parameter : state.inventory().all()) {
        double squares = 0;
        double largest = 0;
        for (int i = 0; i < parameter.size(); i++) {
          squares += values[offset + i] * values[offset + i];
          largest = Math.max(largest, Math.abs(values[offset + i]));
        }
        double root = Math.sqrt(squares / parameter.size());
        if (parameter.initialisation() instanceof Initialisation.Uniform uniform) {
          assertThat(largest).isLessThanOrEqualTo(uniform.bound() * 1.0001);
          assertThat(root)
              .isCloseTo(uniform.bound() / Math.sqrt(3), within(0.15 * uniform.bound()));
        } else if (parameter.initialisation() instanceof Initialisation.Normal normal) {
          assertThat(root)
              .isCloseTo(normal.standardDeviation(), within(0.2 * normal.standardDeviation()));
        } else {
          assertThat(root).isEqualTo(parameter.name().endsWith("gain") ? 1 : 0);
        }
        offset += Math.toIntExact(parameter.size());
      }
      assertThat(TinyModel.read(state, Section.AVERAGE)).isEqualTo(values);
      assertThat(TinyModel.read(state, Section.FIRST_MOMENT)).containsOnly(0f);
      assertThat(TinyModel.read(state, Section.SECOND_MOMENT)).containsOnly(0f);
    }
  }

  @Test
  void evaluatesTheChosenWeights() {
    try (TinyModel tiny = TinyModel.standard();
        ModelState state = tiny.model.initialState(new RunSeed(1))) {
      for (int i = 1; i <= 5; i++) {
        step(tiny, state, i);
      }
      float[] raw =
          tiny.model.losses(state, Weights.Raw, tiny.pictures, tiny.features, TIMES, SEEDS);
      float[] averaged =
          tiny.model.losses(state, Weights.EMA, tiny.pictures, tiny.features, TIMES, SEEDS);
      assertThat(raw).isNotEqualTo(averaged);

      tiny.write(state, Section.AVERAGE, TinyModel.read(state, Section.PARAMETERS));
      assertThat(tiny.model.losses(state, Weights.EMA, tiny.pictures, tiny.features, TIMES, SEEDS))
          .isEqualTo(raw);
    }
  }
}
