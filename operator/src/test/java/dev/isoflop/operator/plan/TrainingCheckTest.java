package dev.isoflop.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.training.OptimizerSpec;
import dev.isoflop.api.v1alpha1.training.ScheduleSpec;
import dev.isoflop.api.v1alpha1.training.ScheduleType;
import dev.isoflop.api.v1alpha1.training.TimestepSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingCheckTest {
  private final Specs specs = Specs.small();

  private List<String> warnings() {
    return specs.plan("doubtful").warnings().stream()
        .filter(PlanWarning.DoubtfulSetting.class::isInstance)
        .map(PlanWarning::message)
        .toList();
  }

  @Test
  void usualSettingsAreNotDoubted() {
    assertThat(warnings()).isEmpty();
    specs.gradientClip = 0;
    assertThat(warnings()).isEmpty();
  }

  @Test
  void anAbsurdLearningRateIsDoubted() {
    specs.optimizer = new OptimizerSpec(0.5, 0.9, 0.95, 1e-8, 0.01);
    assertThat(warnings())
        .containsExactly(
            "spec.training.optimizer.learningRate: 0.5 moves every weight by about 0.5 a step, more"
                + " than weights are; give a smaller one; 1e-4 to 1e-2 are usual");
  }

  @Test
  void aDecayThatForgetsIsDoubted() {
    specs.optimizer = new OptimizerSpec(0.01, 0.9, 0.95, 1e-8, 5.0);
    assertThat(warnings())
        .containsExactly(
            "spec.training.optimizer.weightDecay: 5.0 times the learning rate takes 5e-2 of every"
                + " weight a step, so models forget what they learned; give less, such as 0.01");
  }

  @Test
  void anEpsilonAboveTheGradientIsDoubted() {
    specs.optimizer = new OptimizerSpec(1e-3, 0.9, 0.95, 0.1, 0.01);
    assertThat(warnings())
        .singleElement()
        .asString()
        .startsWith("spec.training.optimizer.epsilon: 0.1 is more than a usual gradient of the")
        .endsWith("steps shrink to almost nothing; give a smaller one, such as 1e-8");
  }

  @Test
  void aClipUnderEpsilonIsDoubted() {
    specs.gradientClip = 1e-6;
    assertThat(warnings())
        .singleElement()
        .asString()
        .contains("at norm 1.0E-6")
        .endsWith("give a smaller one, such as 1e-8, or a larger training.gradientClip");
  }

  @Test
  void aWarmUpOfAllStepsIsDoubted() {
    specs.schedule = new ScheduleSpec(ScheduleType.Constant, 1.0, 0.2, 0.0);
    assertThat(warnings())
        .containsExactly(
            "spec.training.schedule.warmupFraction: 1.0 of all steps pass before the learning rate"
                + " is reached; give less, such as 0.01");
  }

  @Test
  void timesAtTheEndsAreDoubted() {
    specs.timesteps = new TimestepSpec(-6.0, 1.5);
    assertThat(warnings())
        .singleElement()
        .asString()
        .startsWith("spec.training.timesteps: location -6.0 and scale 1.5 put one time in six");
  }

  @Test
  void modelsWithoutCaptionsAreSaid() {
    specs.captionDropout = 1;
    assertThat(warnings())
        .containsExactly(
            "spec.training.captionDropout: 1 trains every model without captions; give less, such"
                + " as 0.1, unless that is what you want");
  }

  @Test
  void aLossOfOneSampleIsDoubted() {
    specs.samples = 1;
    assertThat(warnings())
        .containsExactly(
            "spec.evaluation.samples: the loss on 1 sample is mostly noise; give at least 32; 10000"
                + " is usual");
  }

  @Test
  void whatTrainsNothingIsRefused() {
    specs.optimizer = new OptimizerSpec(0.0, 0.9, 0.95, 1e-8, 0.01);
    assertThat(specs.refusals()).extracting(PlanError::reason).containsExactly("TrainingSetting");
    assertThat(specs.refusals())
        .singleElement()
        .extracting(PlanError::message)
        .isEqualTo(
            "spec.training.optimizer.learningRate: 0.0 trains nothing; give a positive one, such as"
                + " 1e-4");
  }
}
