package dev.isoflop.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.api.v1alpha1.training.SamplerSpec;
import dev.isoflop.api.v1alpha1.training.SamplerType;
import dev.isoflop.api.v1alpha1.training.Weights;
import dev.isoflop.worker.diffusion.FlowTimes;
import dev.isoflop.worker.diffusion.OdeSolver;
import dev.isoflop.worker.model.AnalyticFlow.Gaussian;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowSamplerTest {
  private static final int COUNT = 4;
  private static final double[] NO_STEPS = {1};

  private static float[] sample(
      AnalyticFlow flow, OdeSolver solver, double[] times, double guidance, double caption) {
    return new FlowSampler(flow.model, solver, times, guidance)
        .sample(
            flow.state, Weights.EMA, AnalyticFlow.captions(COUNT, caption), COUNT, /* first= */ 3);
  }

  /** What sampling starts from: no step is made. */
  private static float[] noise(AnalyticFlow flow) {
    return sample(flow, OdeSolver.EULER, NO_STEPS, 1, 0);
  }

  private static double rootMeanSquare(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
    }
    return Math.sqrt(sum / a.length);
  }

  /** The flow of independent Gaussian data: x_1 = noise goes to x_0 = mean + deviation x noise. */
  private static float[] exact(float[] noise, double mean, double deviation) {
    float[] data = new float[noise.length];
    for (int i = 0; i < noise.length; i++) {
      data[i] = (float) (mean + deviation * noise[i]);
    }
    return data;
  }

  @ParameterizedTest
  @CsvSource({"EULER, 1", "HEUN, 2", "MIDPOINT, 2"})
  void convergesToTheExactFlowInItsOrder(OdeSolver solver, int order) {
    try (AnalyticFlow flow = AnalyticFlow.wave()) {
      float[] exact = exact(noise(flow), 0, Math.exp(-Math.sin(2)));
      double[] errors =
          IntStream.of(32, 64)
              .mapToObj(steps -> FlowTimes.equal(1, 0, steps))
              .mapToDouble(times -> rootMeanSquare(sample(flow, solver, times, 1, 0), exact))
              .toArray();

      assertThat(Math.log(errors[0] / errors[1]) / Math.log(2)).isCloseTo(order, within(0.15));
    }
  }

  @ParameterizedTest
  @CsvSource({"Euler, 200, 0.005", "Heun, 50, 0.0003", "Midpoint, 50, 0.00001"})
  void endsAtTheData(SamplerType type, int steps, double error) {
    try (AnalyticFlow flow = AnalyticFlow.of(Gaussian.of(0.3, 0.5))) {
      float[] sampled =
          new FlowSampler(flow.model, new SamplerSpec(type, steps, 1.0))
              .sample(flow.state, Weights.EMA, AnalyticFlow.captions(COUNT, 0), COUNT, 3);

      assertThat(rootMeanSquare(sampled, exact(noise(flow), 0.3, 0.5))).isLessThan(error);
    }
  }

  @Test
  void startsFromUnitNoiseOfEachPicturesOwn() {
    try (AnalyticFlow flow = AnalyticFlow.of(Gaussian.of(0, 1))) {
      float[] noise = noise(flow);
      double squares = 0;
      for (float value : noise) {
        squares += value * value;
      }
      assertThat(noise).hasSize(COUNT * AnalyticFlow.ELEMENTS);
      assertThat(squares / noise.length).isCloseTo(1, within(0.35)); // 4 standard errors

      // The fourth picture of the first batch is the first of one that starts there.
      float[] later =
          new FlowSampler(flow.model, OdeSolver.EULER, NO_STEPS, 1)
              .sample(flow.state, Weights.EMA, AnalyticFlow.captions(1, 0), 1, 6);
      assertThat(later)
          .isEqualTo(Arrays.copyOfRange(noise, 3 * AnalyticFlow.ELEMENTS, noise.length));
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "0.5", "1", "4"})
  void guidanceGoesBeyondTheCaptionAwayFromTheEmptyOne(double guidance) {
    // Both velocities share the slope, so the guided one is that of data whose mean lies at
    // guidance times the way from the empty caption's mean, 0.1, to the caption's, 0.3.
    Gaussian data = new Gaussian(0.1, 0.4, 0.5, 0.5, false);
    try (AnalyticFlow flow = AnalyticFlow.of(data)) {
      float[] sampled = sample(flow, OdeSolver.HEUN, FlowTimes.equal(1, 0, 128), guidance, 0.5);

      assertThat(rootMeanSquare(sampled, exact(noise(flow), 0.1 + guidance * 0.2, 0.5)))
          .isLessThan(5e-4);
    }
  }

  @Test
  void guidanceOfOneIsTheCaptionsVelocityAlone() {
    try (TinyModel tiny = TinyModel.standard();
        ModelState state = tiny.randomState(1)) {
      float[][] sampled = new float[2][];
      for (int i = 0; i < 2; i++) {
        SamplerSpec spec = new SamplerSpec(SamplerType.Heun, 3, i == 0 ? 1.0 : 1.0 + 1e-12);
        sampled[i] =
            new FlowSampler(tiny.model, spec)
                .sample(state, Weights.Raw, tiny.features, TinyModel.BATCH, 0);
      }
      assertThat(rootMeanSquare(sampled[0], sampled[1])).isLessThan(1e-4);
      assertThat(sampled[0]).doesNotContain(Float.NaN).hasSize(TinyModel.BATCH * 3 * 8 * 8);
    }
  }

  @Test
  void repeatsItsBitsAndLooksAtTheCaption() {
    try (TinyModel tiny = TinyModel.standard();
        ModelState state = tiny.randomState(1)) {
      FlowSampler sampler =
          new FlowSampler(tiny.model, new SamplerSpec(SamplerType.Midpoint, 4, 2.0));
      float[] once = sampler.sample(state, Weights.EMA, tiny.features, TinyModel.BATCH, 0);

      assertThat(sampler.sample(state, Weights.EMA, tiny.features, TinyModel.BATCH, 0))
          .isEqualTo(once);
      assertThat(
              sampler.sample(
                  state,
                  Weights.EMA,
                  TinyModel.normal(TinyModel.BATCH * 3 * 5, 99),
                  TinyModel.BATCH,
                  0))
          .isNotEqualTo(once);
    }
  }
}
