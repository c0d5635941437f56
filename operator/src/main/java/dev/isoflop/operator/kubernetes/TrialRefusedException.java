package dev.isoflop.operator.kubernetes;

/** The API server does not take a Trial, such as beyond a quota; the message is the server's. */
final class TrialRefusedException extends Exception {
  private static final long serialVersionUID = 1;

  TrialRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
