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

    assertThat(history.divergence(7, new StepResult(Double.NaN, 1), false))
        .get()
        .asString()
        .contains("step 7");
    assertThat(history.divergence(7, new StepResult(1, Double.POSITIVE_INFINITY), false))
        .isPresent();
    assertThat(history.divergence(7, new StepResult(1, 1), false)).isEmpty();
  }

  @Test
  void aSmoothedLossFarAboveThatOfPredictingNothingIsDivergence() {
    LossHistory history = LossHistory.empty().after(1);
    for (int i = 0; i < 100; i++) {
      history = history.after(3.9);
    }
    assertThat(history.divergence(101, new StepResult(3.9, 1), false)).isEmpty();
    for (int i = 0; i < 100; i++) {
      history = history.after(4.2);
    }
    assertThat(history.divergence(201, new StepResult(4.2, 1), false))
        .get()
        .asString()
        .contains("4.2");
  }

  @Test
  void theAverageOfWeightsForgetsItsStart() {
    AverageDecay decay = new AverageDecay(0.999);

    assertThat(decay.at(1)).isCloseTo(2.0 / 11, within(1e-15));
    assertThat(decay.at(90)).isCloseTo(0.91, within(1e-15));
    assertThat(decay.at(1_000_000)).isEqualTo(0.999);
  }

  private static LossHistory after(LossHistory start, int steps, double loss) {
    LossHistory history = start;
    for (int i = 0; i < steps; i++) {
      history = history.after(loss);
    }
    return history;
  }

  @Test
  void aSpikeFromWhichTheRunRecoversIsNoDivergence() {
    LossHistory learned = after(LossHistory.empty().after(1), 100, 0.3);

    LossHistory spike = learned.after(30);
    assertThat(spike.smoothed()).isGreaterThan(3 * spike.first());
    assertThat(spike.divergence(102, new StepResult(30, 5), false)).isEmpty();
    assertThat(spike.lostSteps()).isEqualTo(1);

    LossHistory recovered = after(spike, 50, 0.3);
    assertThat(recovered.lostSteps()).isZero();
    assertThat(recovered.divergence(152, new StepResult(0.3, 1), true)).isEmpty();
  }

  @Test
  void losingForGoodWhatWasLearnedIsDivergence() {
    LossHistory learned = after(LossHistory.empty().after(1), 100, 0.3);
    LossHistory fresh = after(learned, 60, 1.2);
    StepResult result = new StepResult(1.2, 1);

    assertThat(fresh.divergence(160, result, false)).isEmpty();
    assertThat(fresh.divergence(160, result, true)).get().asString().contains("had fallen to 0.3");
    LossHistory stuck = after(fresh, 100, 1.2);
    assertThat(stuck.divergence(260, result, false))
        .get()
        .asString()
        .contains("step 260", "above the first loss", "had fallen to 0.3");
  }

  @Test
  void notHavingLearnedYetIsNoDivergence() {
    LossHistory noisy = LossHistory.empty().after(0.9);
    for (int i = 0; i < 5000; i++) {
      noisy = noisy.after(i % 2 == 0 ? 0.7 : 1.3); // around 1, a little above the first by chance
      assertThat(noisy.divergence(i + 2, new StepResult(1, 1), i == 4999)).isEmpty();
    }
    assertThat(noisy.smoothed()).isGreaterThan(noisy.first());
  }

  @Test
  void aFirstStepThatIsNotFiniteIsDivergence() {
    LossHistory history = LossHistory.empty().after(Double.NaN);

    assertThat(history.divergence(1, new StepResult(Double.NaN, Double.NaN), false)).isPresent();
  }
}
