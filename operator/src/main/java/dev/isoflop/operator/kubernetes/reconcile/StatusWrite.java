package dev.isoflop.operator.kubernetes.reconcile;

/** Ways to write a status to the API server. */
public enum StatusWrite {
  /** Server-side apply: what others wrote to the status stays theirs. */
  Apply,
  /** Replacement, for API servers without server-side apply. */
  Update
}
