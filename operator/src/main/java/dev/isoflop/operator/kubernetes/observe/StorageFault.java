package dev.isoflop.operator.kubernetes.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.isoflop.operator.kubernetes.resources.FolderContainer;
import dev.isoflop.operator.kubernetes.resources.WorkerPod;
import dev.isoflop.operator.sweep.observe.AttemptEnd;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.trial.TrialOutcome;
import dev.isoflop.trial.TrialResult;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A fault of a claim that containers could not use, with the claim's name. */
final class StorageFault {
  private StorageFault() {}

  /** Why the trial's folders could not be made; empty if another init container failed. */
  static Optional<AttemptEnd> ofFolders(Pod pod, ContainerStatus init) {
    ContainerStateTerminated terminated = init.getState().getTerminated();
    return FolderContainer.NAME.equals(init.getName())
        ? outcome(terminated.getMessage())
            .map(
                outcome ->
                    end(pod, outcome)
                        .orElseGet(
                            () ->
                                new AttemptEnd.Faulted(OutcomeReason.Crashed, said(pod, outcome))))
        : Optional.empty();
  }

  /** The fault of the claim that the worker met, if it met one. */
  static Optional<AttemptEnd> ofWorker(Pod pod) {
    return TerminationMessages.result(pod, Optional.empty()) // who left it is known by then
        .map(TrialResult::outcome)
        .flatMap(outcome -> end(pod, outcome));
  }

  private static Optional<AttemptEnd> end(Pod pod, TrialOutcome outcome) {
    OutcomeReason reason = outcome.reason();
    return reason != null && reason.ofStorage()
        ? Optional.of(new AttemptEnd.Blocked(reason, said(pod, outcome)))
        : Optional.empty();
  }

  private static String said(Pod pod, TrialOutcome outcome) {
    return "claim '%s': %s".formatted(WorkerPod.claim(pod), outcome.message());
  }

  private static Optional<TrialOutcome> outcome(@Nullable String message) {
    if (message == null) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(TrialJson.MAPPER.readValue(message, TrialOutcome.class));
    } catch (JsonProcessingException notAnOutcome) {
      return Optional.empty(); // it crashed, and left the end of its log
    }
  }
}
