package dev.isoflop.operator.local.run;

import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialResult;
import java.util.Collection;
import java.util.Optional;

/** Tells that a run goes on with another kind of device than it has begun with. */
final class DeviceChange {
  /** Beginning of a GPU's name in a result. */
  private static final String GPU = "gpu(";

  private DeviceChange() {}

  /**
   * A warning before further trials are trained; empty if all are of one kind.
   *
   * @param gpus whether further trials are trained on GPUs
   */
  static Optional<String> of(Collection<LocalTrial> trials, boolean gpus) {
    long others =
        trials.stream()
            .flatMap(trial -> trial.result().stream())
            .filter(result -> result.outcome().type() == OutcomeType.Succeeded)
            .map(TrialResult::software)
            .filter(software -> software != null && software.contains("libtorch"))
            .filter(software -> software.contains(GPU) != gpus)
            .count();
    return others == 0
        ? Optional.empty()
        : Optional.of(
            "%s trained on %s, further ones will be on %s: losses differ by rounding, and with training.precision Auto by FP32 on a CPU against BF16 on a GPU; %s keeps to one kind"
                .formatted(
                    others == 1 ? "1 finished trial was" : others + " finished trials were",
                    gpus ? "a CPU" : "a GPU",
                    gpus ? "a GPU" : "a CPU",
                    gpus ? "--gpus none" : "--gpus all"));
  }
}
