package dev.isoflop.operator.kubernetes.reconcile;

/** What the turns of all sweeps count. */
public interface TurnCounts {
  /** The API server refused a status. */
  void statusRefused();

  /** A Job was found that claims to be a trial's, but that the operator did not make. */
  void foreignJob();
}
