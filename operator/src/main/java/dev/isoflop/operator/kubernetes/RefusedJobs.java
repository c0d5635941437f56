package dev.isoflop.operator.kubernetes;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that the API server refused to create, such as beyond a quota. They are tried again after a
 * while that doubles; an operator that starts anew tries at once. Safe for concurrent use.
 */
final class RefusedJobs {
  private static final Duration FIRST = Duration.ofSeconds(15);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private record Refusal(String reason, Duration pause, Instant until) {}

  private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();

  void refused(String namespace, String job, String reason, Instant now) {
    refusals.compute(
        namespace + "/" + job,
        (name, before) -> {
          Duration pause = before == null ? FIRST : doubled(before.pause());
          return new Refusal(reason, pause, now.plus(pause));
        });
  }

  void created(String namespace, String job) {
    refusals.remove(namespace + "/" + job);
  }

  /** Why a Job is not tried now; empty if it may be. */
  Optional<String> reason(String namespace, String job, Instant now) {
    @Nullable Refusal refusal = refusals.get(namespace + "/" + job);
    return refusal == null || !now.isBefore(refusal.until())
        ? Optional.empty()
        : Optional.of(refusal.reason());
  }

  /** When a Job may be tried again. */
  Optional<Instant> retryAt(String namespace, String job) {
    return Optional.ofNullable(refusals.get(namespace + "/" + job)).map(Refusal::until);
  }

  private static Duration doubled(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
  }
}
