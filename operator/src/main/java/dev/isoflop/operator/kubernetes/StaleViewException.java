package dev.isoflop.operator.kubernetes;

/** The cluster has moved on since it was observed, so that nothing may be written; look again. */
final class StaleViewException extends Exception {
  private static final long serialVersionUID = 1;

  StaleViewException(String what) {
    super(what);
  }

  StaleViewException(String what, Throwable cause) {
    super(what, cause);
  }
}
