package dev.isoflop.laws.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.isoflop.laws.Sweeps;
import dev.isoflop.laws.data.Measurement;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.options.LawOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A sweep whose optima lie on the laws printed by "Scaling Laws For Diffusion Transformers"
 * (arXiv:2410.08184) gives those laws back, and their predictions at the paper's budgets and at its
 * validation run of 958.3M parameters. The printed coefficients are rounded (6 * 0.0009 * 186.8535
 * is 1.009, not 1), so the points' tokens follow the printed D law rather than C / 6N, and the
 * validation run's size is met within that percent.
 */
class PaperLawsTest {

  private static final MetricSeries FID = new MetricSeries("FID", "laion");
  private static final Laws LAWS = fitted();

  @ParameterizedTest
  @CsvSource({
    "1e17, 4.09e6, 4.11e9, .8224, 237.4",
    "3e17, 7.64e6, 6.61e9, .7981, 183.6",
    "6e17, 11.3e6, 8.91e9, .7831, 156.1",
    "1e18, 15.1e6, 1.11e10, .7723, 138.5",
    "3e18, 28.2e6, 1.79e10, .7495, 107.1",
    "6e18, 41.9e6, 2.41e10, .7354, 91.1",
    "1.5e21, 964.7e6, 2.61e11, .6325, 25.0",
  })
  void predictsThePaperTable(
      double budget, double parameters, double tokens, double loss, double fid) {
    Prediction prediction = LAWS.predict(budget);

    assertThat(prediction.parameters().orElseThrow().value())
        .isCloseTo(parameters, threeDigits(parameters));
    assertThat(prediction.tokens().orElseThrow().value()).isCloseTo(tokens, threeDigits(tokens));
    assertThat(prediction.loss().orElseThrow().value()).isCloseTo(loss, within(.000051));
    assertThat(prediction.of(FID).orElseThrow().value()).isCloseTo(fid, within(.051));
  }

  @Test
  void foreseesTheSizeOfTheValidationRun() {
    assertThat(LAWS.predict(1.5e21).parameters().orElseThrow().value())
        .isCloseTo(958.3e6, withinPercentage(1));
  }

  @ParameterizedTest
  @CsvSource({"1.5e21, 250", "6e18, 1", "5e17, 1", "1e16, 10"})
  void saysHowFarItExtrapolates(double budget, double factor) {
    assertThat(LAWS.predict(budget).extrapolationFactor()).isCloseTo(factor, within(1e-9));
  }

  private static Offset<Double> threeDigits(double value) {
    return within(value * 5e-3);
  }

  private static double optimalParameters(double budget) {
    return .0009 * StrictMath.pow(budget, .5681);
  }

  private static Laws fitted() {
    List<TrainedPoint> points = new ArrayList<>();
    List<TrainedPoint> losses =
        Sweeps.parabolic(
            Sweeps.paperBudgets(),
            7,
            8,
            PaperLawsTest::optimalParameters,
            budget -> 2.3943 * StrictMath.pow(budget, -.0273));
    for (TrainedPoint point : losses) {
      double fid = 2.2566e6 * StrictMath.pow(point.budget(), -.234);
      double tokens =
          186.8535
              * StrictMath.pow(point.budget(), .4319)
              * optimalParameters(point.budget())
              / point.parameters();
      points.add(
          TrainedPoint.of(
                  point.trial(), point.budget(), point.parameters(), tokens, point.loss().value())
              .withMetrics(Map.of(FID, Measurement.of(fid))));
    }
    return new LawFitter(1).fit(points, LawOptions.defaults().withBootstrap(0));
  }
}
