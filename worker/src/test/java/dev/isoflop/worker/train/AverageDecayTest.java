package dev.isoflop.worker.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AverageDecayTest {
  /** What is left of the random start in the average after some steps. */
  private static double left(double limit, int steps) {
    AverageDecay decay = new AverageDecay(limit);
    double left = 1;
    for (int step = 1; step <= steps; step++) {
      left *= decay.at(step);
    }
    return left;
  }

  /** Whatever the decay, also 1: an average of a short run is of what it trained. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.99, 0.9999, 1})
  void theStartIsForgottenWithinAHundredSteps(double limit) {
    assertThat(left(limit, 10)).isLessThan(1e-4);
    assertThat(left(limit, 100)).isLessThan(1e-11);
  }
}
