package dev.isoflop.operator.sweep.state;

import java.time.Duration;

/**
 * Waiting time of a trial before its next attempt. The waits double, as those of Kubernetes Jobs
 * do, and follow from the counts in the trial's status alone.
 */
final class BackOff {
  private static final Duration FIRST_AFTER_FAILURE = Duration.ofSeconds(10);
  private static final Duration LONGEST_AFTER_FAILURE = Duration.ofMinutes(10);
  private static final Duration FIRST_AFTER_DISRUPTION = Duration.ofSeconds(1);
  private static final Duration LONGEST_AFTER_DISRUPTION = Duration.ofMinutes(5);

  private BackOff() {}

  /**
   * After an attempt that failed by its own fault.
   *
   * @param failures so far, this one included
   */
  static Duration afterFailure(int failures) {
    return doubled(FIRST_AFTER_FAILURE, failures - 1, LONGEST_AFTER_FAILURE);
  }

  /**
   * After an attempt that was ended from outside. Disruptions have no limit, so a cluster that
   * keeps ending a trial at once must not be hammered; one that lets it work for a while may have
   * it back at once.
   *
   * @param disruptions so far, this one included
   * @param ran how long the attempt ran
   */
  static Duration afterDisruption(int disruptions, Duration ran) {
    return ran.compareTo(LONGEST_AFTER_DISRUPTION) >= 0
        ? FIRST_AFTER_DISRUPTION
        : doubled(FIRST_AFTER_DISRUPTION, disruptions - 1, LONGEST_AFTER_DISRUPTION);
  }

  /**
   * After an attempt that something else than its trial ended or kept from beginning. It keeps one
   * trial whose own node or folder is at fault from being started over and over.
   *
   * @param blocked attempts so far, this one included
   */
  static Duration afterBlock(int blocked) {
    return doubled(Hold.FIRST_PROBE, blocked - 1, Hold.LONGEST_PROBE);
  }

  private static Duration doubled(Duration first, int times, Duration longest) {
    int harmless = Math.max(0, Math.min(times, 30));
    Duration wait = first.multipliedBy(1L << harmless);
    return wait.compareTo(longest) < 0 ? wait : longest;
  }
}
