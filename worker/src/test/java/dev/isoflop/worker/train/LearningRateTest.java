package dev.isoflop.worker.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.api.v1alpha1.ScheduleType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LearningRateTest {
  private static LearningRate of(ScheduleType type, double warmup) {
    return LearningRate.of(type, 0.1, warmup, 100);
  }

  @ParameterizedTest
  @EnumSource
  void risesLinearlyToThePeakInTheWarmUp(ScheduleType type) {
    LearningRate rate = of(type, 0.1);

    assertThat(rate.at(1)).isCloseTo(0.01, within(1e-12));
    assertThat(rate.at(5)).isCloseTo(0.05, within(1e-12));
    assertThat(rate.at(10)).isEqualTo(0.1);
    assertThat(rate.at(11)).isCloseTo(0.1, within(1e-12));
  }

  @ParameterizedTest
  @EnumSource
  void startsAtThePeakWithoutWarmUp(ScheduleType type) {
    assertThat(of(type, 0).at(1)).isEqualTo(0.1);
  }

  @ParameterizedTest
  @EnumSource
  void isPositiveAndFiniteAtEveryStepWhateverTheWarmUp(ScheduleType type) {
    for (double warmup : new double[] {0, 0.003, 0.5, 0.9, 1}) {
      for (long step = 1; step <= 100; step++) {
        assertThat(of(type, warmup).at(step)).isPositive().isLessThanOrEqualTo(0.1);
      }
    }
  }

  @Test
  void constantStays() {
    assertThat(of(ScheduleType.Constant, 0.1).at(100)).isEqualTo(0.1);
  }

  @Test
  void cosineIsHalfwayInTheMiddleAndEndsOneStepAboveZero() {
    LearningRate rate = of(ScheduleType.Cosine, 0);

    assertThat(rate.at(51)).isCloseTo(0.05, within(1e-12));
    assertThat(rate.at(100)).isCloseTo(0.05 * (1 + Math.cos(0.99 * Math.PI)), within(1e-12));
  }

  @Test
  void warmupStableDecayFallsLinearlyInTheLastFifth() {
    LearningRate rate = of(ScheduleType.WarmupStableDecay, 0.1);

    assertThat(rate.at(80)).isEqualTo(0.1);
    assertThat(rate.at(81)).isEqualTo(0.1);
    assertThat(rate.at(91)).isCloseTo(0.05, within(1e-12));
    assertThat(rate.at(100)).isCloseTo(0.005, within(1e-12));
  }
}
