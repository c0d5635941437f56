package dev.isoflop.operator.sweep.state;

import dev.isoflop.api.v1alpha1.bounds.Bounds;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Conditions in the making. One that keeps its status keeps the time of its last transition, as the
 * Kubernetes API conventions ask.
 */
public final class ConditionSet {

  /** Status of a condition. */
  public enum Truth {
    True,
    False,
    Unknown
  }

  private final List<Condition> before;
  private final Instant now;
  private final @Nullable Long generation;
  private final Map<ConditionType, Condition> conditions = new EnumMap<>(ConditionType.class);

  /**
   * @param before the conditions as last stored; those that are not set again are dropped
   */
  public ConditionSet(List<Condition> before, Instant now, @Nullable Long generation) {
    this.before = before;
    this.now = now;
    this.generation = generation;
  }

  public ConditionSet set(ConditionType type, Truth truth, Enum<?> reason, String message) {
    return set(type, truth, reason.name(), message);
  }

  public ConditionSet set(ConditionType type, Truth truth, String reason, String message) {
    String time =
        type.in(before)
            .filter(old -> truth.name().equals(old.getStatus()))
            .flatMap(old -> Optional.ofNullable(old.getLastTransitionTime()))
            .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
    conditions.put(
        type,
        new ConditionBuilder()
            .withType(type.name())
            .withStatus(truth.name())
            .withReason(reason)
            .withMessage(Text.clip(message, Bounds.MESSAGE))
            .withObservedGeneration(generation)
            .withLastTransitionTime(time)
            .build());
    return this;
  }

  /** Leaves a condition as it was stored. */
  public void keep(ConditionType type) {
    type.in(before).ifPresent(condition -> conditions.put(type, condition));
  }

  /** The conditions in the order of {@link ConditionType}. */
  public List<Condition> list() {
    return new ArrayList<>(conditions.values());
  }
}
