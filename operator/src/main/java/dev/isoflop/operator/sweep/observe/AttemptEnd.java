package dev.isoflop.operator.sweep.observe;

import dev.isoflop.trial.OutcomeReason;
import org.jspecify.annotations.Nullable;

/** The end of an attempt. */
public sealed interface AttemptEnd {

  /**
   * The process ended by itself or by a signal.
   *
   * @param code exit status; 128 + n for signal n, as shells and containers report it
   */
  record Exited(int code) implements AttemptEnd {}

  /**
   * Its own memory limit ended it; the same would happen again under the same limit.
   *
   * @param limit such as {@code 32Gi}; null where it is not known
   */
  record OutOfMemory(String message, @Nullable String limit) implements AttemptEnd {
    /** An end at a limit that is not known. */
    public OutOfMemory(String message) {
      this(message, null);
    }
  }

  /**
   * The runner saw it fail, or ended it for cause; another attempt may succeed. A worker that stood
   * still, or one that the system killed because all workers together took too much memory.
   */
  record Faulted(OutcomeReason reason, String message) implements AttemptEnd {}

  /**
   * What the trial depends on ended it, or kept it from beginning, and must be mended: storage,
   * data, what its pod needs.
   *
   * @param reason an {@linkplain OutcomeReason#external() external} one
   * @param message what is at fault, with the way out
   */
  record Blocked(OutcomeReason reason, String message) implements AttemptEnd {}

  /**
   * Something outside the trial ended it: eviction, preemption, a lost node, a restarted machine, a
   * process that vanished without an exit status.
   *
   * @param cause for people, such as {@code evicted: node is low on memory}
   */
  record Disrupted(String cause) implements AttemptEnd {}
}
