package dev.isoflop.laws.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.laws.ExactSurface;
import dev.isoflop.laws.Sweeps;
import dev.isoflop.laws.data.Measurement;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.stats.CounterRandom;
import dev.isoflop.laws.stats.Trend;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DomainOffsetTest {

  private static final MetricSeries INSIDE = new MetricSeries("FID", "laion");
  private static final MetricSeries OUTSIDE = new MetricSeries("FID", "coco");
  private static final LawOptions OPTIONS =
      LawOptions.defaults().withBootstrap(100).withReferenceDataset("laion");

  @Test
  void measuresARatioThatGrows() {
    DomainOffset offset = offset(3, .02, 0);

    assertThat(offset.dataset()).isEqualTo("coco");
    assertThat(offset.reference()).isEqualTo("laion");
    assertThat(offset.slopeDifference()).isCloseTo(.02, within(1e-9));
    assertThat(offset.ratioTrend()).isEqualTo(Trend.GROWS);
    assertThat(offset.budgets()).isEqualTo(6);
  }

  @Test
  void seesNoTrendWhereThereIsNone() {
    DomainOffset offset = offset(3, 0, .01);

    assertThat(offset.ratio()).isCloseTo(3, within(.05));
    assertThat(offset.ratioTrend()).isEqualTo(Trend.NONE_SEEN);
    assertThat(offset.interval().contains(0)).isTrue();
    assertThat(offset.bootstrapInterval())
        .hasValueSatisfying(interval -> assertThat(interval.contains(0)).isTrue());
  }

  @Test
  void tellsAShrinkingGapFromAConstantRatio() {
    DomainOffset offset = offset(3, 0, 1e-4);

    assertThat(offset.ratioTrend()).isEqualTo(Trend.NONE_SEEN);
    assertThat(offset.difference()).isPositive();
    assertThat(offset.differenceTrend()).isEqualTo(Trend.SHRINKS);
    assertThat(offset.differencePerDecade()).isNegative();
  }

  @Test
  void comparesWithTheFirstSetByNameUnlessTold() {
    DomainOffset offset =
        new LawFitter(1)
            .fit(sweep(3, 0, 0), LawOptions.defaults().withBootstrap(0))
            .offsets()
            .get(0);

    assertThat(offset.reference()).isEqualTo("coco");
    assertThat(offset.ratio()).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(offset.bootstrapInterval()).isEmpty();
  }

  private static DomainOffset offset(double ratio, double slope, double noise) {
    List<DomainOffset> offsets =
        new LawFitter(1).fit(sweep(ratio, slope, noise), OPTIONS).offsets();
    assertThat(offsets).hasSize(1);
    return offsets.get(0);
  }

  private static List<TrainedPoint> sweep(double ratio, double slope, double noise) {
    CounterRandom random = new CounterRandom(9, 9);
    return Sweeps.noisy(ExactSurface.named("chinchilla"), Sweeps.paperBudgets(), 7, 4, 1e-3, 2)
        .stream()
        .map(
            point -> {
              double fid = 2e6 * StrictMath.pow(point.budget(), -.234);
              double shifted =
                  fid
                      * ratio
                      * StrictMath.pow(point.budget() / 1e18, slope)
                      * (1 + noise * random.nextGaussian());
              return point.withMetrics(
                  Map.of(INSIDE, Measurement.of(fid), OUTSIDE, Measurement.of(shifted)));
            })
        .toList();
  }
}
