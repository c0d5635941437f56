package dev.isoflop.worker.fault;

import dev.isoflop.api.v1alpha1.training.TrainingSpec;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.TrialExperiment;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells memory exhaustion from other native errors; libtorch gives it no type of its own. On a GPU
 * its message says what was asked for and what the device has.
 */
public final class MemoryFault {
  private MemoryFault() {}

  /** The fault, if {@code cause} says that memory ran out. */
  public static Optional<TrialFault> of(Throwable cause, TrialExperiment experiment) {
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (cause instanceof OutOfMemoryError
        || message.contains("out of memory")
        || message.contains("cublas_status_alloc_failed")
        || message.contains("allocate memory")) {
      Optional<GpuMemory> gpu = GpuMemory.in(String.valueOf(cause.getMessage()));
      if (gpu.isPresent() && gpu.get().heldByOthers()) {
        return Optional.of(
            TrialFault.passing(
                OutcomeReason.DeviceUnavailable,
                "%s; other processes hold the rest: end them or use another GPU (nvidia-smi names them), then it goes on from the checkpoint"
                    .formatted(gpu.get().sentence()),
                cause));
      }
      TrainingSpec training = experiment.training();
      Integer portion = training.microBatch();
      int atOnce = portion == null ? training.batchSize() : portion;
      return Optional.of(
          TrialFault.lasting(
              OutcomeReason.OutOfMemory,
              ("out of memory%s: %d parameters and %d samples of %d tokens at once do not fit;"
                      + " %s%s%s")
                  .formatted(
                      gpu.map(it -> " (" + it.sentence() + ")").orElse(""),
                      experiment.shape().totalParameters(),
                      atOnce,
                      experiment.shape().sequenceLength(),
                      atOnce > 1 ? "set training.microBatch to %d, ".formatted(atOnce / 2) : "",
                      training.activationCheckpointing()
                          ? ""
                          : "set training.activationCheckpointing, or ",
                      gpu.isPresent()
                          ? "use a GPU with more memory"
                          : "give the trial more memory"),
              cause));
    }
    return Optional.empty();
  }
}
