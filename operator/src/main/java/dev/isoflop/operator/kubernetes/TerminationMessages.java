package dev.isoflop.operator.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.trial.TrialResult;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The results that workers leave in their containers' termination messages. */
final class TerminationMessages {
  /** Fields of a newer worker are passed over: its numbers are good all the same. */
  private static final ObjectReader READER =
      TrialJson.MAPPER
          .readerFor(TrialResult.class)
          .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private TerminationMessages() {}

  /** The result in a pod's termination message; empty if there is none, or none that is whole. */
  static Optional<TrialResult> result(Pod pod) {
    return PodReading.terminated(pod)
        .map(ContainerStateTerminated::getMessage)
        .flatMap(TerminationMessages::parse);
  }

  private static Optional<TrialResult> parse(String message) {
    try {
      @Nullable TrialResult result = READER.readValue(message);
      boolean whole =
          result != null
              && result.key() != null
              && result.outcome() != null
              && result.outcome().type() != null
              && result.metrics().stream()
                  .allMatch(value -> value.metric() != null && value.dataset() != null);
      return whole ? Optional.of(result) : Optional.empty();
    } catch (JsonProcessingException notAResult) {
      return Optional.empty(); // a crash leaves the end of a log here; the exit status decides
    }
  }
}
