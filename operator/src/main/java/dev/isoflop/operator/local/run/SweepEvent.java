package dev.isoflop.operator.local.run;

import dev.isoflop.text.ShownText;
import dev.isoflop.trial.TrialOutcome;
import java.time.Instant;

/** Something that happened once, for a log of plain lines. */
public sealed interface SweepEvent {
  Instant at();

  /** A worker was started. */
  record AttemptStarted(Instant at, String trial, int number) implements SweepEvent {}

  /** A worker whose parent had been killed goes on under this run. */
  record WorkerAdopted(Instant at, String trial, int number, long pid) implements SweepEvent {}

  /**
   * A worker is gone without having ended its trial.
   *
   * @param how for people
   */
  record AttemptEnded(Instant at, String trial, int number, String how) implements SweepEvent {}

  /** A trial has its outcome. */
  record TrialEnded(Instant at, String trial, TrialOutcome outcome) implements SweepEvent {}

  /** Something that a reader should know, such as a file that had to be put aside. */
  record Notice(Instant at, String message) implements SweepEvent {
    public Notice {
      message = ShownText.message(message);
    }
  }
}
