package dev.isoflop.operator.kubernetes.observe;

import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialSpec;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.status.InterruptionStatus;
import dev.isoflop.api.v1alpha1.status.TrialBlock;
import dev.isoflop.operator.sweep.state.Text;
import dev.isoflop.trial.OutcomeType;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a trial's status must keep beyond its schema for a turn to rest on it. The operator writes
 * no other; a person with the right to, or another release, may.
 */
final class StoredTrial {
  private static final String WAY_OUT =
      "; write what is true there, or delete the trial, and its sweep trains it again";

  private StoredTrial() {}

  /** The first field that is wrong, its value and the way out; empty if there is none. */
  static Optional<String> problem(Trial trial) {
    @Nullable TrialSpec spec = trial.getSpec();
    if (spec == null || spec.key() == null || spec.experiment() == null) {
      return Optional.of(
          "spec: has no key or no experiment; delete the trial, and its sweep makes it again");
    }
    @Nullable TrialStatus status = trial.getStatus();
    if (status == null) {
      return Optional.empty();
    }
    if (status.outcome() != null
        && status.outcome().type() == OutcomeType.Succeeded
        && status.result() == null) {
      return Optional.of("status.result: is missing, but the outcome is Succeeded" + WAY_OUT);
    }
    return times(status).entrySet().stream()
        .filter(time -> time.getValue() != null && !isTime(time.getValue()))
        .findFirst()
        .map(
            time ->
                "%s: '%s' is not a time such as 2026-01-31T12:00:00Z%s"
                    .formatted(time.getKey(), Text.clip(time.getValue(), 40), WAY_OUT));
  }

  private static Map<String, @Nullable String> times(TrialStatus status) {
    Map<String, @Nullable String> times = new LinkedHashMap<>();
    times.put("status.startTime", status.startTime());
    times.put("status.completionTime", status.completionTime());
    times.put("status.nextRetryTime", status.nextRetryTime());
    @Nullable TrialBlock block = status.block();
    if (block != null) {
      times.put("status.block.since", block.since());
      times.put("status.block.last", block.last());
    }
    @Nullable InterruptionStatus interruption = status.interruption();
    if (interruption != null) {
      times.put("status.interruption.time", interruption.time());
    }
    status
        .conditions()
        .forEach(
            condition ->
                times.put(
                    "status.conditions." + condition.getType(), condition.getLastTransitionTime()));
    return times;
  }

  private static boolean isTime(String text) {
    try {
      Instant.parse(text);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
