package dev.isoflop.laws.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.laws.ExactSurface;
import dev.isoflop.laws.Sweeps;
import dev.isoflop.laws.compare.ComparedSweep;
import dev.isoflop.laws.compare.Comparison;
import dev.isoflop.laws.data.Measurement;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.powerlaw.PowerLaw;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeterminismTest {

  private static final LawOptions OPTIONS =
      LawOptions.defaults().withBootstrap(60).withSeed(5).withHoldOutLargest(1);

  @ParameterizedTest
  @ValueSource(ints = {2, 7})
  void anyNumberOfThreadsGivesTheSameBitsOfLawsAndComparison(int threads) {
    Laws first = laws(1, threads);
    Laws second = laws(2, threads);

    assertThat(first.surface().value()).isPresent();
    assertThat(first.heldOut()).hasSize(1);
    assertThat(first).usingRecursiveComparison().isEqualTo(laws(1, 1));
    assertThat(compared(first, second))
        .usingRecursiveComparison()
        .isEqualTo(compared(laws(1, 1), laws(2, 1)));
  }

  @Test
  void anotherSeedMovesTheBootstrapAndNothingElse() {
    Laws one = new LawFitter(2).fit(sweep(1), OPTIONS);
    Laws other = new LawFitter(2).fit(sweep(1), OPTIONS.withSeed(6));

    PowerLaw first = one.parameters().value().orElseThrow();
    PowerLaw second = other.parameters().value().orElseThrow();
    assertThat(second.interval()).isEqualTo(first.interval());
    assertThat(second.bootstrapInterval()).isNotEqualTo(first.bootstrapInterval());
    assertThat(other.surface().value().orElseThrow().surface())
        .isEqualTo(one.surface().value().orElseThrow().surface());
  }

  private static Comparison compared(Laws first, Laws second) {
    return Comparison.of(
        List.of(ComparedSweep.of("first", first), ComparedSweep.of("second", second)), .95);
  }

  private static Laws laws(long seed, int threads) {
    return new LawFitter(threads).fit(sweep(seed), OPTIONS);
  }

  private static List<TrainedPoint> sweep(long seed) {
    List<TrainedPoint> points = new ArrayList<>();
    for (TrainedPoint point :
        Sweeps.noisy(ExactSurface.named("chinchilla"), Sweeps.paperBudgets(), 7, 8, 2e-3, seed)) {
      Measurement near = Measurement.of(10 * (point.loss().value() - 1.5));
      Measurement far = Measurement.of(12 * (point.loss().value() - 1.4));
      points.add(
          point.withMetrics(
              Map.of(new MetricSeries("FID", "near"), near, new MetricSeries("FID", "far"), far)));
    }
    return points;
  }
}
