package dev.isoflop.operator.sweep.status;

/**
 * Reasons of a sweep's conditions, but for those of a refusal; docs/operations.md says of each what
 * it means and what to do.
 */
public enum SweepReason {
  /** Accepted: the grid can be trained. */
  Planned,
  /** Nothing starts, for the spec was not accepted; of LawsFitted: the laws cannot be fitted. */
  Refused,
  /** Progressing: attempts run. */
  Running,
  /** Progressing: attempts hold their slots, but none works. */
  WaitingForCluster,
  /** Progressing: this machine has no slot left. */
  WaitingForSlots,
  /** Progressing: outside the launch window. */
  WaitingForWindow,
  /** Progressing: every trial that is left waits after a failure. */
  BackingOff,
  /** Progressing: something that all trials need is at fault; one attempt at a time probes it. */
  Held,
  /** Progressing, Degraded: the first trials all failed alike; one attempt at a time probes. */
  CommonFault,
  Suspending,
  Suspended,
  Stopping,
  Stopped,
  Draining,
  Cancelling,
  /** Progressing: all trials ended. */
  Completed,
  /** More trials failed than the budget of failures bears. */
  FailuresExceeded,
  /** MetricsAvailable. */
  Collected,
  /** MetricsAvailable: nothing runs, or nothing was heard yet. */
  NotCollected,
  /** MetricsAvailable: nothing arrives. */
  CollectionFailed,
  /** LawsFitted: too few curves have an optimum. */
  Waiting,
  /** LawsFitted: laws that trials to come will change. */
  Provisional,
  /** LawsFitted: laws from all trials. */
  Fitted,
  /** Degraded: nothing needs a look. */
  AsPlanned,
  /** Degraded: trials that the spec no longer plans. */
  UnplannedTrials,
  /** Degraded: trials that do not enter the fits. */
  TrialsExcluded,
  TrialsFailed,
  /** Degraded: nothing can be trained where the laws should be checked. */
  PredictionNotTrained,
  /** Degraded: the API server takes only a part of the status. */
  StatusRefused,
  /** Degraded: the API server refuses what the sweep needs next. */
  CallRefused,
  /** Degraded: a turn of the sweep broke off by a fault of the operator. */
  InternalError,
  /** Degraded: trials whose resources this release cannot read. */
  UnreadableTrials,
  /** Degraded: Trials of planned names that the sweep did not make, or not as planned. */
  UnownedTrials,
  /** Degraded: Jobs that claim to be trials', but that the operator did not make. */
  ForeignJobs,
  /** Accepted, Progressing, Degraded: this release cannot read the resource. */
  Unreadable,
  /** Finished or Succeeded: not yet. */
  TrialsRemain,
  /** Finished. */
  AllTrialsEnded,
  /** Succeeded. */
  LawsFitted,
  /** Succeeded: all trials ended, the laws cannot be fitted. */
  LawsRefused
}
