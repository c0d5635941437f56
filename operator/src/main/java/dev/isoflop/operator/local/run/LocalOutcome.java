package dev.isoflop.operator.local.run;

import dev.isoflop.operator.local.store.SweepFolder;
import dev.isoflop.operator.sweep.state.Hold;
import java.util.List;

/** The outcome of a run on this machine. */
public sealed interface LocalOutcome {

  /**
   * No trial is left to run. Whether there are laws stands in the status: its condition Succeeded.
   */
  record Finished(SweepFolder folder, SweepSnapshot last) implements LocalOutcome {}

  /** The run ended before the sweep; the same command continues it. */
  record Stopped(SweepFolder folder, SweepSnapshot last, Why why) implements LocalOutcome {}

  /** Why a run ended early. */
  enum Why {
    /** Someone asked, such as by Ctrl-C. */
    Requested,
    /** The manifest says {@code suspend: true}. */
    Suspended
  }

  /**
   * A fault that no trial was charged for stopped the run and its workers: a full disk, missing
   * data, a failure that the first trials share. The same command goes on once it is mended.
   */
  record Held(SweepFolder folder, SweepSnapshot last, Hold hold) implements LocalOutcome {}

  /**
   * Nothing was started, and the folder is as it was.
   *
   * @param reasons at least one, each with its field and the way out
   */
  record Refused(List<String> reasons) implements LocalOutcome {
    public Refused {
      reasons = List.copyOf(reasons);
      if (reasons.isEmpty()) {
        throw new IllegalArgumentException("reasons: is empty; a refused run says why");
      }
    }
  }

  /**
   * This machine made the run impossible. Its workers are stopped; what they had computed is kept.
   *
   * @param reason with path and way out
   */
  record Failed(String reason) implements LocalOutcome {}
}
