package dev.isoflop.worker.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class StratifiedMeanTest {
  @Test
  void takesNeighboursAsPairs() {
    Measurement measured = StratifiedMean.of(new double[] {1, 3, 10, 14});

    assertThat(measured.value()).isEqualTo(7);
    assertThat(measured.standardError()).isCloseTo(Math.sqrt(4 + 16) / 4, within(1e-15));
    assertThat(measured.examples()).isEqualTo(4);
  }

  @Test
  void theOddOnePairsWithItsNeighbour() {
    assertThat(StratifiedMean.of(new double[] {1, 3, 6}).standardError())
        .isCloseTo(Math.sqrt(4 + 9 / 2.0) / 3, within(1e-15));
  }

  @Test
  void oneExampleHasNoStandardError() {
    assertThat(StratifiedMean.of(new double[] {1}).standardError()).isNaN();
  }

  @Test
  void theStandardErrorIsTheSpreadOfTheMean() {
    int repeats = 2000;
    Random random = new Random(1);
    double sum = 0;
    double squares = 0;
    double claimed = 0;
    for (int repeat = 0; repeat < repeats; repeat++) {
      double[] values = new double[50];
      for (int i = 0; i < values.length; i++) {
        double time = (i + random.nextDouble()) / values.length;
        values[i] = 2 - 4 * time * (1 - time) + 0.2 * random.nextGaussian();
      }
      Measurement measured = StratifiedMean.of(values);
      sum += measured.value();
      squares += measured.value() * measured.value();
      claimed += measured.standardError() * measured.standardError();
    }
    double mean = sum / repeats;
    double spread = Math.sqrt(squares / repeats - mean * mean);
    assertThat(Math.sqrt(claimed / repeats)).isCloseTo(spread, within(0.08 * spread));
  }
}
