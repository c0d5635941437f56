package dev.isoflop.operator.kubernetes.reconcile;

import static java.util.stream.Collectors.toSet;

import dev.isoflop.api.v1alpha1.Trial;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Quota of Trials that each namespace may hold, counted over all its sweeps: those that a cache
 * shows, and those that were created since and are not in it yet. Safe for any number of callers at
 * once.
 */
final class TrialQuota {
  /** A cache that has not shown a Trial for so long will not: it was deleted meanwhile. */
  private static final Duration UNSEEN = Duration.ofMinutes(1);

  private final int most;
  private final Clock clock;
  private final Map<String, Map<String, Instant>> created = new HashMap<>();
  private Function<String, Stream<Trial>> seen = namespace -> Stream.empty();

  /**
   * @param most Trials of a namespace
   */
  TrialQuota(int most, Clock clock) {
    if (most < 1) {
      throw new IllegalArgumentException("isoflop.operator.trials-per-namespace: is below 1");
    }
    this.most = most;
    this.clock = clock;
  }

  /** Sets the cache in which the Trials of a namespace are looked up. */
  synchronized void countIn(Function<String, Stream<Trial>> cache) {
    seen = cache;
  }

  /**
   * Takes room for a Trial, or says why there is none.
   *
   * @return what stands against creating it; empty if nothing does
   */
  synchronized Optional<String> refusal(Trial trial) {
    String namespace = trial.getMetadata().getNamespace();
    Map<String, Instant> own = created.computeIfAbsent(namespace, unknown -> new HashMap<>());
    Instant now = clock.instant();
    own.values().removeIf(since -> since.plus(UNSEEN).isBefore(now));
    Set<String> names = seen.apply(namespace).map(TrialQuota::name).collect(toSet());
    own.keySet().removeAll(names);
    names.addAll(own.keySet());
    names.remove(name(trial));
    if (names.size() >= most) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "the namespace %s holds %,d trials, as many as this installation of Isoflop allows"
                  + " (quota.trialsPerNamespace of its chart); delete sweeps that are done, or have"
                  + " it raised",
              namespace,
              names.size()));
    }
    own.put(name(trial), now);
    return Optional.empty();
  }

  /** Gives the room of a Trial back that was not created. */
  synchronized void release(Trial trial) {
    created.getOrDefault(trial.getMetadata().getNamespace(), new HashMap<>()).remove(name(trial));
  }

  private static String name(HasMetadata trial) {
    return trial.getMetadata().getName();
  }
}
