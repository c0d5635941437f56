package dev.isoflop.operator.sweep.state;

import dev.isoflop.api.v1alpha1.bounds.Quantities;
import dev.isoflop.api.v1alpha1.sweep.SchedulingSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    Object containers = within(within(scheduling.podTemplate(), "spec"), "containers");
    return containers instanceof List<?> list
        ? list.stream()
            .filter(container -> WORKER.equals(within(container, "name")))
            .map(container -> within(within(within(container, "resources"), "limits"), MEMORY))
            .filter(Objects::nonNull)
            .map(Object::toString)
            .findFirst()
        : Optional.empty();
  }

  /** The value of a part of the template under a name; null where there is none. */
  private static @Nullable Object within(@Nullable Object part, String name) {
    return part instanceof Map<?, ?> map ? map.get(name) : null;
  }
}
