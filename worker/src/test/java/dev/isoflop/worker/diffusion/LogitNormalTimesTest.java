package dev.isoflop.worker.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LogitNormalTimesTest {
  @Property(tries = 100)
  void givesEachExampleAStratumOfItsOwn(
      @ForAll @IntRange(min = 1, max = 300) int examples, @ForAll long seed) {
    LogitNormalTimes times = new LogitNormalTimes(0.3, 1.2, examples, new RunSeed(seed));

    assertThat(IntStream.range(0, examples).map(times.strata()::stratum).sorted().toArray())
        .isEqualTo(IntStream.range(0, examples).toArray());
    for (int i = 0; i < examples; i++) {
      double logit = Math.log(times.time(i) / (1 - times.time(i)));
      double low = quantile((double) times.strata().stratum(i) / examples);
      double high = quantile((times.strata().stratum(i) + 1.0) / examples);
      assertThat((logit - 0.3) / 1.2).isBetween(low - 1e-8, high + 1e-8);
      assertThat(times.time(i)).isStrictlyBetween(0.0, 1.0);
    }
  }

  private static double quantile(double probability) {
    if (probability <= 0) {
      return Double.NEGATIVE_INFINITY;
    }
    return probability >= 1 ? Double.POSITIVE_INFINITY : NormalQuantile.of(probability);
  }

  @Test
  void hasTheMomentsOfItsDistribution() {
    int n = 20_000;
    LogitNormalTimes times = new LogitNormalTimes(-0.5, 0.8, n, RunSeed.EVALUATION);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double logit = Math.log(times.time(i) / (1 - times.time(i)));
      sum += logit;
      squares += logit * logit;
    }
    double mean = sum / n;
    assertThat(mean).isCloseTo(-0.5, within(1e-3));
    assertThat(Math.sqrt(squares / n - mean * mean)).isCloseTo(0.8, within(2e-3));
  }

  @Test
  void dealsTheStrataWithoutRegardToTheOrderOfTheExamples() {
    int n = 10_000;
    LogitNormalTimes times = new LogitNormalTimes(0, 1, n, RunSeed.EVALUATION);
    double covariance = 0;
    for (int i = 0; i < n; i++) {
      covariance += (i - (n - 1) / 2.0) * (times.strata().stratum(i) - (n - 1) / 2.0);
    }
    double variance = n * ((double) n * n - 1) / 12;
    assertThat(covariance / variance).isCloseTo(0, within(0.05)); // 5 standard errors
  }

  @Test
  void theQuantileIsThatOfTheNormalDistribution() {
    // Abramowitz and Stegun, table 26.1, and its symmetry.
    assertThat(NormalQuantile.of(0.5)).isCloseTo(0, within(1e-12));
    assertThat(NormalQuantile.of(0.975)).isCloseTo(1.959963984540054, within(1e-8));
    assertThat(NormalQuantile.of(0.8413447460685429)).isCloseTo(1, within(1e-8));
    assertThat(NormalQuantile.of(0.0013498980316300933)).isCloseTo(-3, within(1e-8));
    assertThat(NormalQuantile.of(1e-10)).isCloseTo(-6.361340902404056, within(1e-7));
    assertThat(NormalQuantile.of(0.01)).isEqualTo(-NormalQuantile.of(0.99));
  }
}
