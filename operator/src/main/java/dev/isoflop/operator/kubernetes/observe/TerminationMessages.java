package dev.isoflop.operator.kubernetes.observe;

import dev.isoflop.common.Sha256;
import dev.isoflop.trial.TerminationMessage;
import dev.isoflop.trial.TerminationMessage.Content;
import dev.isoflop.trial.TrialResult;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.util.Optional;

/**
 * The results that workers leave in their containers' termination messages. Whoever may create pods
 * could make one that the Job takes for its own; so a result counts with the token alone that the
 * worker was given.
 */
final class TerminationMessages {
  private TerminationMessages() {}

  /**
   * The result in a pod's termination message; empty if there is none, or none that is whole and
   * proven.
   *
   * @param tokenSha256 digest of the token that the worker was given; empty if it was given none
   */
  static Optional<TrialResult> result(Pod pod, Optional<String> tokenSha256) {
    return content(pod).filter(content -> proves(content, tokenSha256)).map(Content::result);
  }

  /** Whether a pod has left a whole result that is not proven to be its worker's. */
  static boolean isUnproven(Pod pod, Optional<String> tokenSha256) {
    return content(pod).filter(content -> !proves(content, tokenSha256)).isPresent();
  }

  private static boolean proves(Content content, Optional<String> tokenSha256) {
    return tokenSha256.isEmpty()
        || Optional.ofNullable(content.token()).map(Sha256::hex).equals(tokenSha256);
  }

  private static Optional<Content> content(Pod pod) {
    return PodReading.terminated(pod)
        .map(ContainerStateTerminated::getMessage)
        .flatMap(TerminationMessages::parse);
  }

  private static Optional<Content> parse(String message) {
    try {
      Content content = TerminationMessage.content(message);
      TrialResult result = content.result();
      boolean whole =
          result.trial() != null
              && result.key() != null
              && result.outcome() != null
              && result.outcome().type() != null
              && result.metrics().stream()
                  .allMatch(value -> value.metric() != null && value.dataset() != null);
      return whole ? Optional.of(content) : Optional.empty();
    } catch (IOException notAResult) {
      return Optional.empty(); // a crash leaves the end of a log here; the exit status decides
    }
  }
}
