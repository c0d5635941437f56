package dev.isoflop.operator.kubernetes.reconcile;

import dev.isoflop.operator.kubernetes.observe.RefusedJobs;
import dev.isoflop.operator.kubernetes.resources.AttemptTokens;

/**
 * Memory of an operator from turn to turn. All of it may be lost: it saves calls, and keeps what
 * was told from being told again.
 *
 * @param refused Jobs that could not be created
 * @param refusals statuses that were refused
 * @param writes to Trials that watches have not shown yet
 * @param tokens of Jobs that are about to be made
 * @param foreign Jobs that were told of
 * @param inTheWay Trials of planned names that are not their sweeps'
 * @param vain requests to try again that ask for nothing
 */
record TurnMemory(
    RefusedJobs refused,
    StatusRefusals refusals,
    OwnWrites writes,
    AttemptTokens tokens,
    ForeignJobs foreign,
    TrialsInTheWay inTheWay,
    VainRequests vain) {
  TurnMemory(TurnCounts counts) {
    this(
        new RefusedJobs(),
        new StatusRefusals(counts::statusRefused),
        new OwnWrites(),
        new AttemptTokens(),
        new ForeignJobs(counts::foreignJob),
        new TrialsInTheWay(),
        new VainRequests());
  }
}
