package dev.isoflop.worker.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.worker.model.StepResult;
import org.junit.jupiter.api.Test;

class LossHistoryTest {
  @Test
  void smoothsByNineTenthsAStepFromTheFirstLoss() {
    LossHistory history = LossHistory.empty().after(2).after(1).after(0.5);

    assertThat(history.first()).isEqualTo(2);
    assertThat(history.smoothed()).isCloseTo(0.9 * (0.9 * 2 + 0.1) + 0.05, within(1e-15));
  }

  @Test
  void aNonFiniteLossOrGradientIsDivergence() {
    LossHistory history = LossHistory.empty().after(1);

    assertThat(history.divergence(7, new StepResult(Double.NaN, 1)))
        .get()
        .asString()
        .contains("step 7");
    assertThat(history.divergence(7, new StepResult(1, Double.POSITIVE_INFINITY))).isPresent();
    assertThat(history.divergence(7, new StepResult(1, 1))).isEmpty();
  }

  @Test
  void aSmoothedLossFarAboveThatOfPredictingNothingIsDivergence() {
    LossHistory history = LossHistory.empty().after(1);
    for (int i = 0; i < 100; i++) {
      history = history.after(3.9);
    }
    assertThat(history.divergence(101, new StepResult(3.9, 1))).isEmpty();
    for (int i = 0; i < 100; i++) {
      history = history.after(4.2);
    }
    assertThat(history.divergence(201, new StepResult(4.2, 1))).get().asString().contains("4.2");
  }

  @Test
  void theAverageOfWeightsForgetsItsStart() {
    AverageDecay decay = new AverageDecay(0.999);

    assertThat(decay.at(1)).isCloseTo(2.0 / 11, within(1e-15));
    assertThat(decay.at(90)).isCloseTo(0.91, within(1e-15));
    assertThat(decay.at(1_000_000)).isEqualTo(0.999);
  }
}
