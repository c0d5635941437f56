package dev.isoflop.operator.kubernetes.reconcile;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.sweep.status.ImpededStatus;
import dev.isoflop.operator.sweep.status.SweepReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Trials of planned names that a sweep did not make, or not as planned. They are left alone, the
 * sweep goes on without them, and each is looked at again after a while. Safe for concurrent use.
 */
final class TrialsInTheWay {
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final int MOST = 10_000;

  private record Key(String namespace, String sweep, String trial) {}

  private record Found(String whose, Instant until) {}

  private final Cache<Key, Found> found =
      Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

  private static Key key(ScalingSweep sweep, String trial) {
    return new Key(sweep.getMetadata().getNamespace(), sweep.getMetadata().getName(), trial);
  }

  /**
   * Takes note of one.
   *
   * @param whose it is, or what is wrong with it, for people
   */
  void found(ScalingSweep sweep, String trial, String whose, Instant now) {
    found.put(key(sweep, trial), new Found(whose, now.plus(PAUSE)));
  }

  /** Those that are not to be tried now, with what was found of each. */
  Map<String, String> held(ScalingSweep sweep, Instant now) {
    Map<String, String> held = new TreeMap<>();
    found
        .asMap()
        .forEach(
            (key, what) -> {
              if (key.equals(key(sweep, key.trial())) && now.isBefore(what.until())) {
                held.put(key.trial(), what.whose());
              }
            });
    return held;
  }

  /** When one of them may be tried again. */
  Optional<Instant> lookAgain(ScalingSweep sweep, Instant now) {
    return held(sweep, now).isEmpty() ? Optional.empty() : Optional.of(now.plus(PAUSE));
  }

  /** The problem that a sweep's status shows. */
  static Optional<ImpededStatus.Problem> problem(Map<String, String> held) {
    return held.entrySet().stream()
        .findFirst()
        .map(
            first ->
                new ImpededStatus.Problem(
                    SweepReason.UnownedTrials,
                    "%s of a planned name that this sweep did not make, such as '%s', which %s: delete it, and the sweep makes its own"
                        .formatted(
                            NumberFormat.several(held.size(), "Trial"),
                            first.getKey(),
                            first.getValue())));
  }
}
