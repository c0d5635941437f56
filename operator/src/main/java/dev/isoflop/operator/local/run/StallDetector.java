package dev.isoflop.operator.local.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Notices a process that does nothing at all, such as one that waits for a lock or a file server
 * that will never answer. Whatever a worker does, be it training, measuring or reading, takes
 * processor time.
 */
final class StallDetector {
  /** Longest time without work. */
  static final Duration BORNE = Duration.ofMinutes(10);

  /** A virtual machine that only waits uses less: a second to settle, then this share of a core. */
  private static final double WAITING = 0.01;

  /** A longer pause between two looks is ours: the machine slept. */
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);

  private @Nullable Instant lookedAt;
  private Duration idle = Duration.ZERO;
  private Duration usedBefore = Duration.ZERO;

  /**
   * Takes a look.
   *
   * @param processorTime used by the process so far; without it nothing can be told
   */
  boolean isTooLong(Instant now, Optional<Duration> processorTime) {
    if (processorTime.isEmpty()) {
      return false;
    }
    if (lookedAt != null) {
      Duration passed = Duration.between(lookedAt, now);
      idle = idle.plus(passed.compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : passed);
    }
    lookedAt = now;
    if (seconds(processorTime.get().minus(usedBefore)) > 1 + WAITING * seconds(idle)) {
      idle = Duration.ZERO;
      usedBefore = processorTime.get();
    }
    return idle.compareTo(BORNE) >= 0;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() * 1e-9;
  }
}
