package dev.isoflop.operator.sweep.observe;

import dev.isoflop.api.v1alpha1.status.TrialProgress;
import dev.isoflop.trial.OutcomeReason;
import java.time.Instant;
import java.util.Optional;

/**
 * The observed state of a trial's newest attempt. Attempts are numbered from 1 by the {@link
 * SweepAction.StartAttempt} that started them, and a runner must be able to tell the number of what
 * it sees (from the Job's name, or from a file beside the process id).
 */
public sealed interface AttemptObservation {

  /** Nothing: never started, or cleaned up. */
  record Absent() implements AttemptObservation {}

  /**
   * A worker runs, or is about to: it holds a slot.
   *
   * @param since when it was started
   * @param stopping whether it was told to stop already
   * @param progress as last collected; empty if never or stale
   * @param waiting for what it waits while it holds its slot without working, for people; empty for
   *     one that works
   * @param nodeLost what is known of its node, for people, where that does not report any more and
   *     the worker may be gone or go on unseen; empty while it reports
   * @param outdated whether its worker has not begun, and would be started otherwise by now: from
   *     another image, with other resources
   * @param blocker the fault for which it waits, where it is one that someone must mend
   */
  record Running(
      int number,
      Instant since,
      boolean stopping,
      Optional<TrialProgress> progress,
      Optional<String> waiting,
      Optional<String> nodeLost,
      boolean outdated,
      Optional<Blocker> blocker)
      implements AttemptObservation {

    /** One that is up to date, waits for nothing that must be mended, and whose node reports. */
    public Running(
        int number,
        Instant since,
        boolean stopping,
        Optional<TrialProgress> progress,
        Optional<String> waiting) {
      this(number, since, stopping, progress, waiting, Optional.empty(), false, Optional.empty());
    }

    /** One that waits for nothing. */
    public Running(int number, Instant since, boolean stopping, Optional<TrialProgress> progress) {
      this(number, since, stopping, progress, Optional.empty());
    }

    /** The reason for which it does not work, or for which nobody knows whether it does. */
    public Optional<String> hindrance() {
      return waiting.or(() -> nodeLost);
    }
  }

  /** The worker is gone. */
  record Ended(int number, Instant since, Instant at, AttemptEnd end)
      implements AttemptObservation {}

  /**
   * A fault that keeps an attempt from beginning, which is not its trial's.
   *
   * @param since when the attempt began to wait
   */
  record Blocker(OutcomeReason reason, String message, Instant since) {}

  static AttemptObservation absent() {
    return new Absent();
  }
}
