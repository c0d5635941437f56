package dev.isoflop.worker.fault;

import dev.isoflop.trial.OutcomeReason;
import java.io.IOException;
import java.util.Locale;

/** Tells a full disk from other trouble with files; Java has no type for it. */
public final class DiskFault {
  private DiskFault() {}

  /**
   * The fault for a failed file operation; another attempt may succeed.
   *
   * @param doing what was under way, with the path
   */
  public static TrialFault of(IOException cause, String doing) {
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("no space left") || message.contains("quota exceeded")) {
      return TrialFault.passing(
          OutcomeReason.DiskFull,
          doing
              + ": the disk is full ("
              + cause.getMessage()
              + "); free some space and start again,"
              + " nothing computed before is lost",
          cause);
    }
    return TrialFault.passing(
        OutcomeReason.Crashed, doing + ": " + cause + "; check the volume and start again", cause);
  }
}
