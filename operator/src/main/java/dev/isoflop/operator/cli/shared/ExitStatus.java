package dev.isoflop.operator.cli.shared;

/** Exit statuses of the program, for scripts. */
public final class ExitStatus {
  /** Done, and there is a result. */
  public static final int DONE = 0;

  /** Done without the result that was asked for: the sweep failed, or no laws could be fitted. */
  public static final int FAILED = 1;

  /** The command or its input cannot be used as given. */
  public static final int BAD_INPUT = 2;

  /** The machine is in the way, and the same command may work later: a lock, a full disk. */
  public static final int TRY_AGAIN = 75;

  /** Stopped by Ctrl-C, as shells report a program that a SIGINT ended. */
  public static final int STOPPED = 130;

  private ExitStatus() {}
}
