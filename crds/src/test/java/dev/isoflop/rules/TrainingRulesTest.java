package dev.isoflop.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.isoflop.api.v1alpha1.data.DataSpec;
import dev.isoflop.api.v1alpha1.training.EvaluationSpec;
import dev.isoflop.api.v1alpha1.training.TrainingSpec;
import dev.isoflop.trial.TrialJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingRulesTest {
  private static List<String> broken(String training, String evaluation)
      throws JsonProcessingException {
    return TrainingRules.broken(
            TrialJson.MAPPER.readValue("{}", DataSpec.class),
            TrialJson.MAPPER.readValue(training.replace('\'', '"'), TrainingSpec.class),
            TrialJson.MAPPER.readValue(evaluation.replace('\'', '"'), EvaluationSpec.class))
        .stream()
        .map(each -> each.field() + ": " + each.problem() + "; " + each.remedy())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'optimizer': {'learningRate': 0}} | training.optimizer.learningRate: 0.0 trains nothing; give a positive one, such as 1e-4
          {'optimizer': {'beta1': 1}} | training.optimizer.beta1: 1.0 keeps a mean at its start for ever; give one under 1, such as 0.9
          {'optimizer': {'beta2': 1}} | training.optimizer.beta2: 1.0 keeps a mean at its start for ever; give one under 1, such as 0.95
          {'optimizer': {'epsilon': 0}} | training.optimizer.epsilon: 0.0 divides zero by zero where a gradient is zero, as most are at the first step; give a small positive one, such as 1e-8
          {'optimizer': {'learningRate': 0.5, 'weightDecay': 2}} | training.optimizer.weightDecay: 2.0 times the learning rate is 1.0: each step takes away all of the weights; give one under 1 / training.optimizer.learningRate, such as 0.01
          {'timesteps': {'scale': 0}} | training.timesteps.scale: 0.0 trains a single time, of the whole way from noise to data; give a positive one, such as 1
          """)
  void refusesWhatTrainsNothing(String training, String message) throws Exception {
    assertThat(broken(training, "{}")).containsExactly(message);
  }

  @Test
  void guidanceNeedsCaptions() throws Exception {
    assertThat(broken("{'captionDropout': 1}", "{'sampler': {'guidance': 2}}"))
        .containsExactly(
            "evaluation.sampler.guidance: 2.0 guides by captions, but training.captionDropout 1"
                + " shows models none; give 1, or a smaller training.captionDropout");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'gradientClip': 0}",
        "{'emaDecay': 0}",
        "{'emaDecay': 1}",
        "{'optimizer': {'beta1': 0, 'beta2': 0, 'weightDecay': 0}}",
        "{'captionDropout': 1}",
        "{'schedule': {'warmupFraction': 0}}"
      })
  void leavesAloneWhatTrains(String training) throws Exception {
    assertThat(broken(training, "{}")).isEmpty();
  }
}
