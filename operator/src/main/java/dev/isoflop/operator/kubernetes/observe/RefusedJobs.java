package dev.isoflop.operator.kubernetes.observe;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.operator.sweep.state.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that could not be created: the API server refused them, such as beyond a quota, or one of
 * the same name is still being collected. They are tried again after a while; an operator that
 * starts anew tries at once, and so may one that remembers too many. Safe for concurrent use.
 */
public final class RefusedJobs {
  private static final Duration FIRST = Duration.ofSeconds(15);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /** Pause between looks at a Job that goes by itself. */
  private static final Duration COLLECTED = Duration.ofSeconds(2);

  /** Time for which that is not told. */
  private static final Duration QUIET = Duration.ofMinutes(1);

  /** Names come and go with sweeps, and nobody says which of them will not come again. */
  static final int MOST = 10_000;

  private record Refusal(
      String reason, String madeFrom, Instant toldFrom, Duration pause, Instant until) {}

  private final Map<String, Refusal> refusals =
      Caffeine.newBuilder()
          .maximumSize(MOST)
          .executor(Runnable::run)
          .<String, Refusal>build()
          .asMap();

  /**
   * The API server refuses it, and may do so for long: the pauses double.
   *
   * @param madeFrom digest of what it was made from; made otherwise, it is tried at once
   */
  public void refused(String namespace, String job, String madeFrom, String reason, Instant now) {
    refusals.compute(
        namespace + "/" + job,
        (name, before) -> {
          Duration pause =
              before == null || before.pause().compareTo(FIRST) < 0
                  ? FIRST
                  : doubled(before.pause());
          String kept = Text.clip(reason, Bounds.MESSAGE);
          return new Refusal(kept, madeFrom, now, pause, now.plus(pause));
        });
  }

  /** Another of its name is being collected. Says whether that takes so long that it is told. */
  public boolean inTheWay(
      String namespace, String job, String madeFrom, String reason, Instant now) {
    @Nullable Refusal before = refusals.get(namespace + "/" + job);
    Instant toldFrom = before == null ? now.plus(QUIET) : before.toldFrom();
    Duration pause = now.isBefore(toldFrom) ? COLLECTED : FIRST;
    refusals.put(
        namespace + "/" + job, new Refusal(reason, madeFrom, toldFrom, pause, now.plus(pause)));
    return !now.isBefore(toldFrom);
  }

  public void created(String namespace, String job) {
    refusals.remove(namespace + "/" + job);
  }

  /** Whether a Job is not to be tried now. */
  boolean holds(String namespace, String job, String madeFrom, Instant now) {
    @Nullable Refusal refusal = refusals.get(namespace + "/" + job);
    return refusal != null && refusal.madeFrom().equals(madeFrom) && now.isBefore(refusal.until());
  }

  /** Why a Job is not tried now, where that is to be told. */
  Optional<String> reason(String namespace, String job, Instant now) {
    return Optional.ofNullable(refusals.get(namespace + "/" + job))
        .filter(refusal -> now.isBefore(refusal.until()))
        .filter(refusal -> !now.isBefore(refusal.toldFrom()))
        .map(Refusal::reason);
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
