package dev.isoflop.operator.kubernetes.reconcile;

/** The API server does not take a Job as it is; the message is the server's. */
public final class JobRefusedException extends Exception {
  private static final long serialVersionUID = 1;

  public JobRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
