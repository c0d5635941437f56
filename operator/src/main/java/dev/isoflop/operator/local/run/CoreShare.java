package dev.isoflop.operator.local.run;

import java.util.OptionalInt;

/**
 * The division of the machine's cores among workers.
 *
 * @param slots workers at once
 * @param threads of each worker's tensor library; fixed for the whole run, so that a trial's sums
 *     are always taken in the same order
 */
public record CoreShare(int slots, int threads) {

  /**
   * One worker per core, as one-thread workers waste the least; fewer if fewer may run at once,
   * each with more threads.
   *
   * @param cores of this machine
   * @param maxParallel as the manifest says
   * @param asked workers at once as the user says, which may be more than there are cores
   */
  public static CoreShare of(int cores, int maxParallel, OptionalInt asked) {
    int slots = Math.min(maxParallel, asked.orElse(cores));
    return new CoreShare(slots, Math.max(1, cores / slots));
  }
}
