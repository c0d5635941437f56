package dev.isoflop.worker.fault;

import dev.isoflop.api.v1alpha1.TrainingSpec;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.TrialExperiment;
import java.util.Locale;
import java.util.Optional;

/** Tells memory exhaustion from other native errors; libtorch gives it no type of its own. */
public final class MemoryFault {
  private MemoryFault() {}

  /** The fault, if {@code cause} says that memory ran out. */
  public static Optional<TrialFault> of(Throwable cause, TrialExperiment experiment) {
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (cause instanceof OutOfMemoryError
        || message.contains("out of memory")
        || message.contains("allocate memory")) {
      TrainingSpec training = experiment.training();
      Integer portion = training.microBatch();
      int atOnce = portion == null ? training.batchSize() : portion;
      return Optional.of(
          TrialFault.lasting(
              OutcomeReason.OutOfMemory,
              ("out of memory: %d parameters and %d samples of %d tokens at once do not fit;"
                      + " %s%sgive the trial more memory")
                  .formatted(
                      experiment.shape().totalParameters(),
                      atOnce,
                      experiment.shape().sequenceLength(),
                      atOnce > 1 ? "set training.microBatch to %d, ".formatted(atOnce / 2) : "",
                      training.activationCheckpointing()
                          ? ""
                          : "set training.activationCheckpointing, or "),
              cause));
    }
    return Optional.empty();
  }
}
