package dev.isoflop.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.worker.diffusion.RunSeed;
import dev.isoflop.worker.model.ModelState.Section;
import org.junit.jupiter.api.Test;

/** The update of a step against the formulas, computed here in double precision. */
class AdamWTest {
  private static final RunSeed SEED = new RunSeed(7);

  @Test
  void stepsAsTheFormulasSay() {
    try (TinyModel tiny = new TinyModel(1e9, 0, new ModelPrecision(false, true));
        ModelState state = tiny.randomState(1)) {
      int n = Math.toIntExact(state.inventory().size());
      int decayed = Math.toIntExact(state.inventory().decayed());
      double[] p = doubles(TinyModel.read(state, Section.PARAMETERS));
      double[] average = p.clone();
      double[] m = new double[n];
      double[] v = new double[n];
      for (int step = 1; step <= 12; step++) {
        double rate = 0.01 / step;
        double keep = 0.5 + 0.03 * step;
        tiny.model.trainStep(
            state, tiny.pictures, tiny.features, SEED, new StepSettings(step, rate, keep));
        float[] newM = TinyModel.read(state, Section.FIRST_MOMENT);
        for (int i = 0; i < n; i++) {
          double gradient = (newM[i] - TinyModel.BETA1 * m[i]) / (1 - TinyModel.BETA1);
          m[i] = newM[i];
          v[i] = TinyModel.BETA2 * v[i] + (1 - TinyModel.BETA2) * gradient * gradient;
          double decay = i < decayed ? TinyModel.WEIGHT_DECAY : 0;
          double corrected1 = m[i] / (1 - Math.pow(TinyModel.BETA1, step));
          double corrected2 = v[i] / (1 - Math.pow(TinyModel.BETA2, step));
          p[i] -= rate * decay * p[i];
          p[i] -= rate * corrected1 / (Math.sqrt(corrected2) + TinyModel.EPSILON);
          average[i] = keep * average[i] + (1 - keep) * p[i];
        }
        assertClose("second moment", TinyModel.read(state, Section.SECOND_MOMENT), v, 1e-6, step);
        assertClose("parameter", TinyModel.read(state, Section.PARAMETERS), p, 1, step);
        assertClose("average", TinyModel.read(state, Section.AVERAGE), average, 1, step);
        p = doubles(TinyModel.read(state, Section.PARAMETERS));
        v = doubles(TinyModel.read(state, Section.SECOND_MOMENT));
        average = doubles(TinyModel.read(state, Section.AVERAGE));
      }
    }
  }

  @Test
  void clipsTheGlobalNormAndReportsItUnclipped() {
    double limit = 0.05;
    try (TinyModel free = new TinyModel(1e9, 0, new ModelPrecision(false, true));
        TinyModel clipped = new TinyModel(limit, 0, new ModelPrecision(false, true));
        ModelState freeState = free.randomState(1);
        ModelState clippedState = clipped.randomState(1)) {
      StepSettings settings = new StepSettings(1, 1e-3, 0.9);
      StepResult result =
          free.model.trainStep(freeState, free.pictures, free.features, SEED, settings);
      StepResult same =
          clipped.model.trainStep(clippedState, clipped.pictures, clipped.features, SEED, settings);
      double[] gradient = doubles(TinyModel.read(freeState, Section.FIRST_MOMENT));
      double[] scaled = doubles(TinyModel.read(clippedState, Section.FIRST_MOMENT));
      double squares = 0;
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] /= 1 - TinyModel.BETA1;
        scaled[i] /= 1 - TinyModel.BETA1;
        squares += gradient[i] * gradient[i];
      }
      double norm = Math.sqrt(squares);

      assertThat(same).isEqualTo(result);
      assertThat(result.gradientNorm()).isCloseTo(norm, within(1e-5 * norm));
      assertThat(norm).isGreaterThan(2 * limit);
      for (int i = 0; i < gradient.length; i++) {
        double expected = gradient[i] * limit / norm;
        assertThat(scaled[i]).isCloseTo(expected, within(1e-5 * Math.abs(expected) + 1e-9));
      }
    }
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /** FP32 rounds each of a few operations by 6e-8 relative to its largest operand. */
  private static void assertClose(
      String what, float[] actual, double[] expected, double scale, int step) {
    for (int i = 0; i < actual.length; i++) {
      double tolerance = 1e-6 * Math.abs(expected[i]) + 1e-6 * scale;
      assertThat((double) actual[i])
          .as("step %d, %s %d", step, what, i)
          .isCloseTo(expected[i], within(tolerance));
    }
  }
}
