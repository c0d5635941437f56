package dev.isoflop.operator.report.input;

import dev.isoflop.trial.TrialExperiment;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Size of a trial's model and training, as far as it is known.
 *
 * @param parameters N, without embeddings
 * @param tokens D
 * @param samples images behind D
 * @param steps optimizer steps
 * @param repeat which training of the same point
 */
public record TrialSize(
    OptionalDouble parameters,
    OptionalDouble tokens,
    OptionalDouble samples,
    OptionalLong steps,
    OptionalInt layers,
    OptionalInt width,
    int repeat) {

  public static TrialSize of(TrialExperiment experiment) {
    return new TrialSize(
        OptionalDouble.of((double) experiment.shape().parameters()),
        OptionalDouble.of(experiment.tokens()),
        OptionalDouble.of(experiment.samples()),
        OptionalLong.of(experiment.steps()),
        OptionalInt.of(experiment.shape().layers()),
        OptionalInt.of(experiment.shape().width()),
        experiment.repeat());
  }

  /** A point of which nothing else is known. */
  public static TrialSize of(double parameters, double tokens, OptionalDouble samples) {
    return new TrialSize(
        OptionalDouble.of(parameters),
        OptionalDouble.of(tokens),
        samples,
        OptionalLong.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        0);
  }
}
