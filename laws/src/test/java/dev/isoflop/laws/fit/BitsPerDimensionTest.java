package dev.isoflop.laws.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.laws.ExactSurface;
import dev.isoflop.laws.Sweeps;
import dev.isoflop.laws.data.Measurement;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.finding.Fit;
import dev.isoflop.laws.finding.FitError;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.powerlaw.PowerLaw;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Bounds and likelihoods of pixels are positive bits; those of latents are densities. */
class BitsPerDimensionTest {
  private static final MetricSeries PIXELS = new MetricSeries("VLB", "photos");
  private static final MetricSeries LATENTS = new MetricSeries("Likelihood", "latents");

  private final List<TrainedPoint> plain =
      Sweeps.noisy(ExactSurface.named("symmetric"), Sweeps.paperBudgets(), 7, 4, 1e-4, 1);
  private final List<TrainedPoint> points = plain.stream().map(this::measured).toList();

  private TrainedPoint measured(TrainedPoint point) {
    TreeMap<MetricSeries, Measurement> metrics = new TreeMap<>(point.metrics());
    metrics.put(PIXELS, Measurement.of(3 * point.loss().value()));
    metrics.put(LATENTS, Measurement.of(point.loss().value() - 9));
    return new TrainedPoint(
        point.trial(),
        point.budget(),
        point.parameters(),
        point.tokens(),
        point.samples(),
        point.loss(),
        metrics);
  }

  @Test
  void negativeBitsAreAFindingAndDisturbNoOtherLaw() {
    LawOptions options = LawOptions.defaults().withBootstrap(50);
    Laws laws = new LawFitter(1).fit(points, options);

    assertThat(laws.metrics()).extracting(MetricLaw::series).containsExactly(LATENTS, PIXELS);
    Fit<PowerLaw> latents = laws.metrics().get(0).law();
    assertThat(latents.value()).isEmpty();
    assertThat(latents.refusal().orElseThrow())
        .isInstanceOf(FitError.NotPositive.class)
        .extracting(Finding::message)
        .asString()
        .startsWith("Likelihood on latents (C): its value at budget 1e17 is -");
    PowerLaw pixels = laws.metrics().get(1).law().value().orElseThrow();
    PowerLaw loss = laws.loss().value().orElseThrow();
    assertThat(pixels.exponent()).isCloseTo(loss.exponent(), within(2e-3));
    assertThat(loss.exponent())
        .isEqualTo(new LawFitter(1).fit(plain, options).loss().value().orElseThrow().exponent());
  }
}
