package dev.isoflop.operator.kubernetes.reconcile;

/** The cluster has moved on since it was observed, so that nothing may be written; look again. */
public final class StaleViewException extends Exception {
  private static final long serialVersionUID = 1;

  public StaleViewException(String what) {
    super(what);
  }

  public StaleViewException(String what, Throwable cause) {
    super(what, cause);
  }
}
