package dev.isoflop.worker.fault;

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
      return Optional.of(
          TrialFault.lasting(
              OutcomeReason.OutOfMemory,
              ("out of memory: %d parameters and %d samples of %d tokens a step do not fit; lower"
                      + " training.batchSize or give the trial more memory")
                  .formatted(
                      experiment.shape().totalParameters(),
                      experiment.training().batchSize(),
                      experiment.shape().sequenceLength()),
              cause));
    }
    return Optional.empty();
  }
}
