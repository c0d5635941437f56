package dev.isoflop.worker.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class BoundTimesTest {
  private static final int EXAMPLES = 4000;

  /** The mean over the times of what a velocity error counts. */
  private static double sampled(DoubleUnaryOperator squaredError) {
    BoundTimes times = new BoundTimes(EXAMPLES, RunSeed.EVALUATION);
    double sum = 0;
    for (int i = 0; i < EXAMPLES; i++) {
      double time = times.time(i);
      assertThat(time).isStrictlyBetween(BoundTimes.FIRST, 1.0);
      sum += BoundTimes.weight(time) * squaredError.applyAsDouble(time);
    }
    return sum / EXAMPLES;
  }

  /** The integral of (1 - t) / t times a squared error from FIRST to 1, by the midpoint rule. */
  private static double integrated(DoubleUnaryOperator squaredError) {
    int steps = 2_000_000;
    double size = (1 - BoundTimes.FIRST) / steps;
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      double time = BoundTimes.FIRST + (i + 0.5) * size;
      sum += (1 - time) / time * squaredError.applyAsDouble(time) * size;
    }
    return sum;
  }

  @Test
  void weighsEveryErrorAsTheIntegralDoes() {
    assertThat(sampled(t -> 1)).isCloseTo(integrated(t -> 1), within(5e-3));
    assertThat(sampled(t -> t * t)).isCloseTo(integrated(t -> t * t), within(5e-3));
    assertThat(sampled(t -> Math.exp(-20 * t)))
        .isCloseTo(integrated(t -> Math.exp(-20 * t)), within(5e-3));
  }

  @Test
  void hasNoVarianceForTheOptimalModelOfItsData() {
    BoundTimes times = new BoundTimes(50, RunSeed.EVALUATION);
    double variance = BoundTimes.DEVIATION * BoundTimes.DEVIATION;
    double expected = Math.log1p(variance / Math.pow(BoundTimes.FIRST_NOISE, 2)) / 2;
    for (int i = 0; i < 50; i++) {
      double t = times.time(i);
      double error = variance / ((1 - t) * (1 - t) * variance + t * t);
      assertThat(BoundTimes.weight(t) * error).isCloseTo(expected, within(1e-9));
    }
  }
}
