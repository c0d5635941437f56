package dev.isoflop.operator.kubernetes;

/** The API server does not take a Job as it is; the message is the server's. */
final class JobRefusedException extends Exception {
  private static final long serialVersionUID = 1;

  JobRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
