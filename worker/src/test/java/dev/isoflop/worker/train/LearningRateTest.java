package dev.isoflop.worker.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.api.v1alpha1.training.ScheduleSpec;
import dev.isoflop.api.v1alpha1.training.ScheduleType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LearningRateTest {
  private static LearningRate of(ScheduleType type, double warmup) {
    return LearningRate.of(new ScheduleSpec(type, warmup, 0.2, 0.0), 0.1, 100);
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

  @Test
  void warmupStableDecayFallsInTheShareThatIsSet() {
    LearningRate rate =
        LearningRate.of(new ScheduleSpec(ScheduleType.WarmupStableDecay, 0.1, 0.5, 0.0), 0.1, 100);

    assertThat(rate.at(51)).isEqualTo(0.1);
    assertThat(rate.at(76)).isCloseTo(0.05, within(1e-12));
  }

  /** Each formula written out again, for a schedule in which every term matters. */
  @Test
  void meetsTheFormulasAtEveryStep() {
    double peak = 3e-4;
    for (int step = 21; step <= 100; step++) {
      double done = (step - 21) / 80.0;
      double cosine = 0.1 * peak + 0.9 * peak * (1 + Math.cos(done * Math.PI)) / 2;
      assertThat(of(ScheduleType.Cosine, 0.2, 0.3, 0.1).at(step))
          .isCloseTo(cosine, within(1e-12 * peak));
      double stable = step <= 70 ? peak : peak - 0.9 * peak * (step - 71) / 30.0;
      assertThat(of(ScheduleType.WarmupStableDecay, 0.2, 0.3, 0.1).at(step))
          .isCloseTo(stable, within(1e-12 * peak));
      assertThat(of(ScheduleType.Constant, 0.2, 0.3, 0.1).at(step)).isEqualTo(peak);
    }
  }

  private static LearningRate of(ScheduleType type, double warmup, double decay, double end) {
    return LearningRate.of(new ScheduleSpec(type, warmup, decay, end), 3e-4, 100);
  }
}
