package dev.isoflop.worker.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.metric.Metric;
import dev.isoflop.worker.data.ValueKind;
import dev.isoflop.worker.model.AnalyticFlow;
import dev.isoflop.worker.model.AnalyticFlow.Gaussian;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactLikelihoodTest {
  private static Reading measure(String evaluation, GaussianImages images, Gaussian model)
      throws Exception {
    try (AnalyticFlow flow = AnalyticFlow.of(model)) {
      Optional<List<Reading>> readings =
          new ExactLikelihood(SmallExperiment.with(evaluation), flow.model, () -> false)
              .measure(flow.state, images, SmallExperiment.data(images));
      assertThat(readings.orElseThrow()).hasSize(1);
      return readings.orElseThrow().get(0);
    }
  }

  /** Mean bits of an element x under N(m, s^2), from x and the variance that is added to it. */
  private static double bits(
      GaussianImages images, int examples, double added, double m, double s) {
    double sum = 0;
    for (int i = 0; i < examples; i++) {
      for (float x : images.image(i)) {
        sum += ((x - m) * (x - m) + added) / (2 * s * s) + Math.log(2 * Math.PI * s * s) / 2;
      }
    }
    return sum / examples / AnalyticFlow.ELEMENTS / Math.log(2);
  }

  @ParameterizedTest
  @CsvSource({"0.2, 0.5, 0", "-0.1, 1, 0", "0, 0.3, 0.4"})
  void reachesTheDensityOfLatents(double mean, double deviation, double offset) throws Exception {
    GaussianImages images = new GaussianImages(ValueKind.LATENTS, mean, deviation, offset);
    Reading reading =
        measure(
            "{\"samples\": 300, \"likelihood\": {\"steps\": 100}}",
            images,
            Gaussian.of(mean, deviation));

    assertThat(reading.metric()).isEqualTo(Metric.Likelihood);
    assertThat(reading.measurement().examples()).isEqualTo(300);
    assertThat(reading.measurement().standardError()).isBetween(0.003, 0.03);
    // The same images on both sides: nothing is left to chance.
    assertThat(reading.measurement().value())
        .isCloseTo(bits(images, 300, 0, mean, deviation), within(0.002));
  }

  @Test
  void reachesTheBitsOfEightBitPixels() throws Exception {
    GaussianImages images = new GaussianImages(ValueKind.PIXELS, 0, 0.2, 0);
    Reading reading =
        measure(
            "{\"samples\": 1500, \"likelihood\": {\"samples\": 1200, \"steps\": 100}}",
            images,
            Gaussian.of(0, 0.2));

    double spread = 4.0 / (255 * 255) / 12; // variance of an even spread over a level
    double exact = bits(images, 1200, spread, 0, 0.2) + Math.log(127.5) / Math.log(2);
    assertThat(reading.measurement().examples()).isEqualTo(1200);
    assertThat(reading.measurement().value()).isCloseTo(exact, within(0.002));
    assertThat(reading.record().entries())
        .containsEntry("solver", "Midpoint")
        .containsEntry("steps", "100")
        .containsEntry("probes", "1")
        .containsEntry("arithmetic", "FP32 on a CPU")
        .containsEntry("values", "PIXELS");
  }

  @Test
  void theBoundLiesAboveAndNear() throws Exception {
    GaussianImages images = new GaussianImages(ValueKind.PIXELS, 0, 0.2, 0);
    Gaussian model = Gaussian.of(0, 0.3); // not what the images are
    String evaluation = "{\"samples\": 3000, \"likelihood\": {\"samples\": 3000}}";
    Measurement exact = measure(evaluation, images, model).measurement();
    try (AnalyticFlow flow = AnalyticFlow.of(model)) {
      Measurement bound =
          new VariationalBound(SmallExperiment.with(evaluation), flow.model, () -> false)
              .measure(flow.state, images, SmallExperiment.data(images))
              .orElseThrow()
              .get(0)
              .measurement();
      double error = Math.hypot(exact.standardError(), bound.standardError());
      assertThat(bound.value() - exact.value()).isCloseTo(0, within(4 * error));
    }
  }

  @Test
  void takesFewerExamplesThanOtherMetricsUnlessTold() throws Exception {
    GaussianImages images = new GaussianImages(ValueKind.PIXELS, 0, 0.2, 0);
    String steps = "\"likelihood\": {\"solver\": \"Euler\", \"steps\": 1}}";

    assertThat(
            measure("{\"samples\": 1100, " + steps, images, Gaussian.of(0, 0.2))
                .measurement()
                .examples())
        .isEqualTo(1000);
    assertThat(
            measure("{\"samples\": 90, " + steps, images, Gaussian.of(0, 0.2))
                .measurement()
                .examples())
        .isEqualTo(90);
  }

  @Test
  void oneExampleHasNoStandardError() throws Exception {
    GaussianImages images = new GaussianImages(ValueKind.PIXELS, 0, 0.2, 0);

    assertThat(measure("{\"samples\": 1}", images, Gaussian.of(0, 0.2)).value().standardError())
        .isNull();
  }

  @Test
  void stopsWhenAsked() throws Exception {
    GaussianImages images = new GaussianImages(ValueKind.PIXELS, 0, 0.2, 0);
    try (AnalyticFlow flow = AnalyticFlow.of(Gaussian.of(0, 0.2))) {
      assertThat(
              new ExactLikelihood(SmallExperiment.with("{}"), flow.model, () -> true)
                  .measure(flow.state, images, SmallExperiment.data(images)))
          .isEmpty();
    }
  }
}
