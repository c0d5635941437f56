package dev.isoflop.worker.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.data.open.DataSources;
import dev.isoflop.worker.data.text.HashedTextEncoder;
import dev.isoflop.worker.model.AnalyticFlow;
import java.util.List;
import java.util.Optional;

/** An experiment whose model is {@link AnalyticFlow}. */
final class SmallExperiment {
  private static final String JSON =
      """
      {"budgetFlops": 1e9, "flopConvention": "Analytic", "steps": 1000, "repeat": 0,
       "shape": {"architecture": "InContext", "layers": 1, "width": 16, "headDimension": 8,
                 "patchSize": 4, "imageSize": 8, "channels": 1, "textTokens": 2, "textWidth": 3},
       "data": {"train": {"name": "none", "uri": "scenes:solid", "format": "Scenes"},
                "evaluation": [{"name": "none", "uri": "scenes:solid", "format": "Scenes"}],
                "imageSize": 8, "channels": 1, "textEncoder": {"tokens": 2, "width": 3}},
       "training": {"batchSize": 100},
       "evaluation": %s}
      """;

  private SmallExperiment() {}

  /** With this {@code evaluation}. */
  static TrialExperiment with(String evaluation) {
    try {
      return TrialJson.MAPPER.readValue(JSON.formatted(evaluation), TrialExperiment.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(evaluation, e);
    }
  }

  /** What evaluates on one set. */
  static DataSources data(Dataset set) {
    HashedTextEncoder encoder =
        new HashedTextEncoder(AnalyticFlow.TEXT_TOKENS, AnalyticFlow.TEXT_WIDTH);
    return new DataSources(set, List.of(set), encoder, Optional.empty());
  }
}
