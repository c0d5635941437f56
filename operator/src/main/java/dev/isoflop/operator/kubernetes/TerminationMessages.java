package dev.isoflop.operator.kubernetes;

import dev.isoflop.trial.TerminationMessage;
import dev.isoflop.trial.TrialResult;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The results that workers leave in their containers' termination messages. */
final class TerminationMessages {
  private TerminationMessages() {}

  /** The result in a pod's termination message; empty if there is none, or none that is whole. */
  static Optional<TrialResult> result(Pod pod) {
    return PodReading.terminated(pod)
        .map(ContainerStateTerminated::getMessage)
        .flatMap(TerminationMessages::parse);
  }

  private static Optional<TrialResult> parse(String message) {
    try {
      @Nullable TrialResult result = TerminationMessage.read(message);
      boolean whole =
          result != null
              && result.key() != null
              && result.outcome() != null
              && result.outcome().type() != null
              && result.metrics().stream()
                  .allMatch(value -> value.metric() != null && value.dataset() != null);
      return whole ? Optional.of(result) : Optional.empty();
    } catch (IOException notAResult) {
      return Optional.empty(); // a crash leaves the end of a log here; the exit status decides
    }
  }
}
