package dev.isoflop.operator.kubernetes.reconcile;

import org.jspecify.annotations.Nullable;

/** A Trial that the API server does not take, or that is beyond the quota of its namespace. */
public final class TrialRefusedException extends Exception {
  private static final long serialVersionUID = 1;

  TrialRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
