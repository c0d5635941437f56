package dev.isoflop.operator.kubernetes.reconcile;

/**
 * A Trial of a planned name is there that is not the sweep's, and does not go by itself. The
 * message says whose it is, for people.
 */
public final class TrialInTheWayException extends Exception {
  private static final long serialVersionUID = 1;

  public TrialInTheWayException(String message, Throwable cause) {
    super(message, cause);
  }
}
