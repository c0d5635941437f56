package dev.isoflop.rules;

import dev.isoflop.api.v1alpha1.data.DataSpec;
import dev.isoflop.api.v1alpha1.training.EvaluationSpec;
import dev.isoflop.api.v1alpha1.training.TrainingSpec;
import java.util.List;
import java.util.stream.Stream;

/** All rules on what decides a trial's numbers, which every sweep and every trial is held to. */
public final class ExperimentRules {
  private ExperimentRules() {}

  /** The broken rules of specs whose values each lie within their {@link StatedBounds}. */
  public static List<BrokenRule> broken(
      DataSpec data, TrainingSpec training, EvaluationSpec evaluation) {
    return Stream.of(
            DataRules.broken(data),
            TrainingRules.broken(data, training, evaluation),
            FeatureRules.broken(data, evaluation))
        .flatMap(List::stream)
        .toList();
  }
}
