package dev.isoflop.trial;

/** Exit statuses of a worker process, with their meaning to whoever started it. */
public enum ExitCode {
  /** The trial is complete; its result is written. */
  DONE(0),
  /** Trying again would end the same way: bad configuration, out of memory, diverged. */
  GIVE_UP(42),
  /**
   * The trial's folder cannot be read or written, as on a full disk, where no words about it may
   * fit either; EX_IOERR of sysexits.h.
   */
  STORAGE(74),
  /** A passing fault: another attempt may succeed. */
  TRANSIENT(75),
  /** Asked to stop; the work is in a checkpoint. */
  STOPPED(143);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The status that the process returns. */
  public int code() {
    return code;
  }
}
