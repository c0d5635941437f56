package dev.isoflop.operator.kubernetes.reconcile;

/**
 * A Job of the same name is still being collected, of an earlier trial of that name or one that
 * somebody else made; it goes by itself. The message says so for people.
 */
public final class JobInTheWayException extends Exception {
  private static final long serialVersionUID = 1;

  public JobInTheWayException(String message) {
    super(message);
  }

  public JobInTheWayException(String message, Throwable cause) {
    super(message, cause);
  }
}
