package dev.isoflop.worker.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.metric.Metric;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.worker.data.ValueKind;
import dev.isoflop.worker.diffusion.BoundTimes;
import dev.isoflop.worker.model.AnalyticFlow;
import dev.isoflop.worker.model.AnalyticFlow.Gaussian;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariationalBoundTest {
  private static final int EXAMPLES = 20_000;
  private static final double FIRST = BoundTimes.FIRST_NOISE;

  private static Reading measure(GaussianImages images, double mean, double deviation)
      throws Exception {
    TrialExperiment experiment = SmallExperiment.with("{\"samples\": " + EXAMPLES + "}");
    try (AnalyticFlow flow = AnalyticFlow.of(Gaussian.of(mean, deviation))) {
      Optional<List<Reading>> readings =
          new VariationalBound(experiment, flow.model, () -> false)
              .measure(flow.state, images, SmallExperiment.data(images));
      assertThat(readings.orElseThrow()).hasSize(1);
      return readings.orElseThrow().get(0);
    }
  }

  /**
   * The diffusion term of one element x under the optimal velocity of N(m, s^2), in nats. That
   * velocity errs by (1 + u)^2 ((x - m)^2 u^2 + s^4) / (s^2 + u^2)^2 in the mean over noise, where
   * u = t / (1 - t); the integral of (1 + u)^-2 times this over log u from u_1 on is elementary.
   */
  private static double diffusion(double x, double m, double s) {
    double variance = s * s + FIRST * FIRST;
    return ((x - m) * (x - m) - s * s) / (2 * variance) + Math.log1p(s * s / (FIRST * FIRST)) / 2;
  }

  @ParameterizedTest
  @CsvSource({"0.2, 0.5, 0", "-0.1, 0.05, 0", "0, 1, 0", "0.2, 0.3, 0.4"})
  void reachesTheClosedFormOfAGaussianDensity(double mean, double deviation, double offset)
      throws Exception {
    GaussianImages images = new GaussianImages(ValueKind.LATENTS, mean, deviation, offset);
    double expected = 0;
    for (int i = 0; i < EXAMPLES; i++) {
      for (float x : images.image(i)) {
        expected += diffusion(x, mean, deviation);
      }
    }
    expected /= EXAMPLES * AnalyticFlow.ELEMENTS;
    expected += Math.log(2 * Math.PI * Math.E) / 2 + Math.log(FIRST);

    Reading reading = measure(images, mean, deviation);

    assertThat(reading.metric()).isEqualTo(Metric.VLB);
    Measurement bits = reading.measurement();
    assertThat(bits.examples()).isEqualTo(EXAMPLES);
    assertThat(bits.standardError()).isBetween(0.005, 0.012);
    assertThat(bits.value()).isCloseTo(expected / Math.log(2), within(4 * bits.standardError()));
  }

  @Test
  void isAlmostTheEntropyOfTheDensityThatTheModelKnows() throws Exception {
    GaussianImages images = new GaussianImages(ValueKind.LATENTS, 0.2, 0.5, 0);
    double entropy = Math.log(2 * Math.PI * Math.E * 0.25) / 2 / Math.log(2);

    Measurement bits = measure(images, 0.2, 0.5).measurement();

    // Its truncation adds log(1 + u_1^2 / s^2) / 2 nats, 4e-5 bits here.
    assertThat(bits.value()).isCloseTo(entropy, within(4 * bits.standardError() + 5e-5));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.3})
  void isAlmostTheEntropyOfEightBitPixels(double deviation) throws Exception {
    GaussianImages images = new GaussianImages(ValueKind.PIXELS, 0, deviation, 0);
    // The levels are 2/255 apart, so far below the deviation that their entropy is that of the
    // density less the logarithm of their distance.
    double entropy =
        (Math.log(2 * Math.PI * Math.E) / 2 + Math.log(deviation) - Math.log(2 / 255.0))
            / Math.log(2);

    Measurement bits = measure(images, 0, deviation).measurement();

    assertThat(bits.value()).isCloseTo(entropy, within(4 * bits.standardError() + 0.003));
    assertThat(bits.standardError()).isLessThan(0.01);
  }

  @Test
  void costsMoreWhereTheModelIsWrong() throws Exception {
    GaussianImages images = new GaussianImages(ValueKind.PIXELS, 0, 0.2, 0);

    Measurement right = measure(images, 0, 0.2).measurement();
    Measurement wrong = measure(images, 0, 0.4).measurement();

    // The divergence of N(0, s^2) from N(0, 4 s^2), up to the truncation.
    double divergence = (Math.log(4) - 1 + 0.25) / 2 / Math.log(2);
    assertThat(wrong.value() - right.value())
        .isCloseTo(divergence, within(4 * (right.standardError() + wrong.standardError())));
  }

  @Test
  void theLevelsReconstructionIsTheEntropyLeftByTheNoise() {
    Reconstruction levels = Reconstruction.of(ValueKind.PIXELS);
    Random random = new Random(1);
    double sum = 0;
    int draws = 200_000;
    for (int i = 0; i < draws; i++) { // distances of levels are two deviations of the noise
      double noise = random.nextGaussian();
      double shares = 0;
      for (int k = -20; k <= 20; k++) {
        shares += Math.exp(-(2 * k - noise) * (2 * k - noise) / 2);
      }
      sum -= Math.log(Math.exp(-noise * noise / 2) / shares);
    }
    assertThat(levels.nats(FloatBuffer.wrap(new float[] {-3 / 255f, 1 / 255f})))
        .isCloseTo(sum / draws, within(0.006));
  }

  @Test
  void startingAtHalfTheDistanceOfLevelsCostsHardlyAnything() {
    // With less noise than that, a model that knows the density but no levels pays log(1/u) for it;
    // the reconstruction gives back what it costs at much noise, (log(2 pi e))/2 + log(u/distance).
    double atMuchNoise = Math.log(2 * Math.PI * Math.E) / 2 + Math.log(FIRST / (2 / 255.0));

    double here =
        Reconstruction.of(ValueKind.PIXELS).nats(FloatBuffer.wrap(new float[] {1 / 255f}));

    assertThat(here - atMuchNoise).isBetween(0.0, 1e-4);
  }

  @Test
  void anEdgeLevelIsEasierToTell() {
    Reconstruction levels = Reconstruction.of(ValueKind.PIXELS);
    double edge = levels.nats(FloatBuffer.wrap(new float[] {-1}));

    assertThat(levels.nats(FloatBuffer.wrap(new float[] {1}))).isCloseTo(edge, within(1e-6));
    assertThat(levels.nats(FloatBuffer.wrap(new float[] {1 / 255f})))
        .isGreaterThan(edge)
        .isLessThan(0.75);
  }

  @Test
  void stopsWhenAsked() throws Exception {
    GaussianImages images = new GaussianImages(ValueKind.PIXELS, 0, 0.2, 0);
    try (AnalyticFlow flow = AnalyticFlow.of(Gaussian.of(0, 0.2))) {
      assertThat(
              new VariationalBound(SmallExperiment.with("{}"), flow.model, () -> true)
                  .measure(flow.state, images, SmallExperiment.data(images)))
          .isEmpty();
    }
  }
}
