package dev.isoflop.worker.train;

import dev.isoflop.worker.fault.TrialFault;

/**
 * What is done between two steps, on the training thread, and not counted in the time of training.
 * It must leave the state as it is.
 */
@FunctionalInterface
public interface StepCallback {
  /** Nothing. */
  StepCallback NONE = step -> {};

  void after(long step) throws TrialFault;
}
