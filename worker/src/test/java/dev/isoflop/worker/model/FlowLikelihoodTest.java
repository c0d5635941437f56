package dev.isoflop.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.api.v1alpha1.training.Weights;
import dev.isoflop.worker.diffusion.OdeSolver;
import dev.isoflop.worker.diffusion.RunSeed;
import dev.isoflop.worker.model.AnalyticFlow.Gaussian;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowLikelihoodTest {
  private static final int COUNT = 6;
  private static final int EXACT = 0;
  private static final Gaussian INDEPENDENT = Gaussian.of(0.3, 0.5);
  private static final Gaussian MIXED = new Gaussian(0.3, 0.4, 0.6, 0.2, true);
  private static final ByteBuffer PICTURES = TinyModel.normal(COUNT * AnalyticFlow.ELEMENTS, 5);

  private static float[] nats(AnalyticFlow flow, FlowLikelihood likelihood, double levelWidth) {
    return likelihood.negativeLogDensity(
        flow.state,
        Weights.EMA,
        PICTURES,
        AnalyticFlow.captions(COUNT, 0.5),
        levelWidth,
        COUNT,
        /* first= */ 2);
  }

  private static float[] nats(Gaussian data, OdeSolver solver, int steps, int probes) {
    try (AnalyticFlow flow = AnalyticFlow.of(data)) {
      return nats(flow, new FlowLikelihood(flow.model, solver, steps, probes), 0);
    }
  }

  /** The density of x = mean + Q diag(s) normal, where Q x = x - 2 (mean of x) if mixed. */
  private static double[] exact(Gaussian data) {
    double[] nats = new double[COUNT];
    double centre = data.mean() + 0.5 * data.gain();
    for (int i = 0; i < COUNT; i++) {
      double[] x = patches(i);
      double shift = Arrays.stream(x).map(value -> value - centre).average().orElseThrow();
      for (int k = 0; k < x.length; k++) {
        double value = x[k] - centre - (data.mixed() ? 2 * shift : 0);
        double deviation = k % 2 == 0 ? data.even() : data.odd();
        nats[i] += value * value / (2 * deviation * deviation) + Math.log(deviation);
        nats[i] += Math.log(2 * Math.PI) / 2;
      }
    }
    return nats;
  }

  /** A picture in the layout of patches of 4 x 4. */
  private static double[] patches(int example) {
    double[] flat = new double[AnalyticFlow.ELEMENTS];
    for (int at = 0; at < flat.length; at++) {
      int row = at / 8;
      int column = at % 8;
      int patch = row / 4 * 2 + column / 4;
      flat[patch * 16 + row % 4 * 4 + column % 4] =
          PICTURES.getFloat((example * AnalyticFlow.ELEMENTS + at) * Float.BYTES);
    }
    return flat;
  }

  private static double rootMeanSquare(float[] estimates, double[] exact) {
    double sum = 0;
    for (int i = 0; i < estimates.length; i++) {
      sum += Math.pow(estimates[i] - exact[i], 2);
    }
    return Math.sqrt(sum / estimates.length);
  }

  @Test
  void reachesTheDensityOfIndependentElementsWithAnyProbe() {
    // The Jacobian is diagonal, and a Rademacher vector sees its trace without error.
    assertThat(rootMeanSquare(nats(INDEPENDENT, OdeSolver.HEUN, 400, 1), exact(INDEPENDENT)))
        .isLessThan(0.02); // of some 100 nats
  }

  @Test
  void reachesTheDensityOfDependentElementsWithTheExactTrace() {
    assertThat(rootMeanSquare(nats(MIXED, OdeSolver.MIDPOINT, 200, EXACT), exact(MIXED)))
        .isLessThan(0.02);
  }

  @Test
  void aProbeEstimatesTheTraceWithoutBias() {
    float[] few = nats(MIXED, OdeSolver.MIDPOINT, 50, 1);
    float[] many = nats(MIXED, OdeSolver.MIDPOINT, 50, 256);
    float[] all = nats(MIXED, OdeSolver.MIDPOINT, 50, EXACT);

    double noise = rootMeanSquare(few, doubles(all));
    assertThat(noise).isBetween(0.2, 10.0);
    assertThat(rootMeanSquare(many, doubles(all))).isLessThan(4 * noise / Math.sqrt(256));
  }

  private static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  @ParameterizedTest
  @CsvSource({"EULER, 1, 64", "HEUN, 2, 32", "MIDPOINT, 2, 64"})
  void convergesInTheSolversOrder(OdeSolver solver, int order, int steps) {
    double[] exact = exact(INDEPENDENT);
    double coarse = rootMeanSquare(nats(INDEPENDENT, solver, steps, 1), exact);
    double fine = rootMeanSquare(nats(INDEPENDENT, solver, 2 * steps, 1), exact);

    assertThat(Math.log(coarse / fine) / Math.log(2)).isCloseTo(order, within(0.2));
  }

  @Test
  void spreadsLevelsEvenlyOverTheirWidth() {
    try (AnalyticFlow flow = AnalyticFlow.of(INDEPENDENT)) {
      FlowLikelihood likelihood = new FlowLikelihood(flow.model, OdeSolver.HEUN, 100, 1);
      double width = 0.4;
      // The mean of (x + w)^2 over an even spread of w is x^2 + width^2 / 12, so of the nats:
      double more = AnalyticFlow.ELEMENTS * width * width / 12 / (2 * 0.5 * 0.5);
      float[] plain = nats(flow, likelihood, 0);
      float[] spread = nats(flow, likelihood, width);
      double difference = 0;
      for (int i = 0; i < COUNT; i++) {
        assertThat(spread[i]).isNotEqualTo(plain[i]);
        difference += (spread[i] - plain[i]) / COUNT;
      }
      // The linear term, (x - m) w / s^2 summed, dominates its variance.
      double deviation = width / Math.sqrt(12) / 0.25 * 1.1 * Math.sqrt(64.0 / COUNT);
      assertThat(difference).isCloseTo(more, within(3 * deviation));
    }
  }

  @Test
  void aPictureHasItsOwnRandomNumbersInEveryBatch() {
    try (AnalyticFlow flow = AnalyticFlow.of(MIXED)) {
      FlowLikelihood likelihood = new FlowLikelihood(flow.model, OdeSolver.EULER, 10, 2);
      float[] together = nats(flow, likelihood, 0.1);
      ByteBuffer last = PICTURES.duplicate().order(PICTURES.order());
      last.position((COUNT - 1) * AnalyticFlow.ELEMENTS * Float.BYTES);
      float[] alone =
          likelihood.negativeLogDensity(
              flow.state, Weights.EMA, last, AnalyticFlow.captions(1, 0.5), 0.1, 1, 2 + COUNT - 1);

      assertThat((double) alone[0]).isCloseTo(together[COUNT - 1], within(1e-3));
      assertThat(nats(flow, likelihood, 0.1)).isEqualTo(together);
    }
  }

  @ParameterizedTest
  @CsvSource({"EMA", "Raw"})
  void measuresARealModelWithEitherWeights(Weights weights) {
    try (TinyModel tiny = TinyModel.standard();
        ModelState state = tiny.randomState(1)) {
      FlowLikelihood likelihood = new FlowLikelihood(tiny.model, OdeSolver.HEUN, 2, 1);
      float[] nats =
          likelihood.negativeLogDensity(
              state, weights, tiny.pictures, tiny.features, 0, TinyModel.BATCH, 0);

      assertThat(nats).hasSize(TinyModel.BATCH).doesNotContain(Float.NaN);
      StepResult step =
          tiny.model.trainStep(
              state, tiny.pictures, tiny.features, new RunSeed(1), new StepSettings(1, 1e-3, 0.9));
      assertThat(step.isFinite()).isTrue(); // training goes on as before
    }
  }
}
