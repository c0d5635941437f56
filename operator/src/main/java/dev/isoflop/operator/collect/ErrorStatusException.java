package dev.isoflop.operator.collect;

/** An answer with another HTTP status than 200. */
final class ErrorStatusException extends UnreadableAnswerException {
  private static final long serialVersionUID = 1;

  private final int status;

  ErrorStatusException(int status) {
    super("HTTP status " + status);
    this.status = status;
  }

  int status() {
    return status;
  }
}
