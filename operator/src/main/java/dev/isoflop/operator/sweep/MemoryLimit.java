package dev.isoflop.operator.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isoflop.api.v1alpha1.Quantities;
import dev.isoflop.api.v1alpha1.SchedulingSpec;
import dev.isoflop.trial.TrialJson;
import java.util.Optional;

/** The memory that a worker's container may use, as the spec says. */
final class MemoryLimit {
  private static final String MEMORY = "memory";
  private static final String WORKER = "worker";

  private MemoryLimit() {}

  /** The limit; empty where there is none. */
  static Optional<String> of(SchedulingSpec scheduling) {
    return Optional.ofNullable(scheduling.resources())
        .map(resources -> resources.get(MEMORY))
        .or(() -> ofTemplate(scheduling));
  }

  /** Whether the spec gives more than a container had, or no longer limits it. */
  static boolean isRaised(SchedulingSpec scheduling, String had) {
    Optional<String> now = of(scheduling);
    return now.isEmpty()
        || (Quantities.matches(now.get())
            && Quantities.matches(had)
            && Quantities.amount(now.get()).compareTo(Quantities.amount(had)) > 0);
  }

  private static Optional<String> ofTemplate(SchedulingSpec scheduling) {
    JsonNode template = TrialJson.MAPPER.valueToTree(scheduling.podTemplate());
    for (JsonNode container : template.path("spec").path("containers")) {
      if (WORKER.equals(container.path("name").asText())) {
        JsonNode limit = container.path("resources").path("limits").path(MEMORY);
        return limit.isMissingNode() ? Optional.empty() : Optional.of(limit.asText());
      }
    }
    return Optional.empty();
  }
}
