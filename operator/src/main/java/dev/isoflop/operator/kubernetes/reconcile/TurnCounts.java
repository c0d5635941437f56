package dev.isoflop.operator.kubernetes.reconcile;

/** Counters of the turns of all sweeps. */
public interface TurnCounts {
  /** The API server refused a status. */
  void statusRefused();

  /** A Job was found that claims to be a trial's, but that the operator did not make. */
  void foreignJob();
}
