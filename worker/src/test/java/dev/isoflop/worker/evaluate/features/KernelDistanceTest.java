package dev.isoflop.worker.evaluate.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.engine.PtNDManager;
import dev.isoflop.worker.torch.TorchRuntime;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KernelDistanceTest {
  private final PtNDManager manager = TorchRuntime.start(1).newManager();
  private final FeatureMath math = new FeatureMath(manager);
  private final KernelDistance kernel = new KernelDistance(math);

  @AfterEach
  void close() {
    math.close();
    manager.close();
  }

  /**
   * For x ~ N(0, 1) and y ~ N(1, 1): E (xx' + 1)^3 = 1 + 3 E(xx')^2 = 4, E (yy' + 1)^3 = 1 + 3 + 3
   * * 4 + 16 = 32 and E (xy + 1)^3 = 1 + 3 * 1 * 2 = 7, so the distance is 4 + 32 - 14 = 22. Rows
   * of a pair depend on each other here, y = x + 1, which must not matter.
   */
  @Test
  void isUnbiasedAndItsStandardErrorIsTheScatterOfRepeatedSamples() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    int repeats = 400;
    double sum = 0;
    double squares = 0;
    double told = 0;
    for (int i = 0; i < repeats; i++) {
      ArrayRows x = ArrayRows.normal(random, 300, new double[] {0}, new double[] {1});
      double[][] shifted = new double[x.count()][1];
      for (int row = 0; row < shifted.length; row++) {
        shifted[row][0] = x.rows()[row][0] + 1;
      }
      Distance distance = kernel.between(x, new ArrayRows(shifted));
      sum += distance.value();
      squares += distance.value() * distance.value();
      told += distance.standardError() * distance.standardError() / repeats;
    }
    double mean = sum / repeats;
    double variance = squares / repeats - mean * mean;

    assertThat(mean).isCloseTo(22, within(4 * Math.sqrt(variance / repeats)));
    assertThat(told).isCloseTo(variance, within(0.35 * variance));
  }

  @Test
  void everyRowIsInOneBlock() {
    assertThat(KernelDistance.blocks(2)).isEqualTo(1);
    assertThat(KernelDistance.blocks(19)).isEqualTo(9);
    assertThat(KernelDistance.blocks(1000)).isEqualTo(10);
    assertThat(KernelDistance.blocks(10_000)).isEqualTo(10);
    assertThat(KernelDistance.blocks(10_001)).isEqualTo(11);
  }

  @Test
  void setsThatAreNoPairsAreRefused() {
    assertThatThrownBy(() -> kernel.between(ArrayRows.of("real", 9, 4), ArrayRows.of("real", 8, 4)))
        .hasMessage("pairs of rows are needed, at least 2, not 9 x 4 and 8 x 4");
  }
}
