package dev.isoflop.operator.kubernetes.reconcile;

/** The API server does not take a status as it was sent; the message is its reason. */
public final class StatusRefusedException extends Exception {
  private static final long serialVersionUID = 1;

  public StatusRefusedException(String reason, Throwable cause) {
    super(reason, cause);
  }

  /** The server's reason, for people. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
