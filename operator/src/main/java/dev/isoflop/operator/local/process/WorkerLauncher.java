package dev.isoflop.operator.local.process;

import dev.isoflop.operator.local.store.LocalFaultException;
import dev.isoflop.operator.local.store.TrialFolder;

/** Starts workers. */
public interface WorkerLauncher {

  /**
   * Starts a worker in its trial's folder, where its configuration lies already.
   *
   * @throws LocalFaultException if no process could be started
   */
  Worker launch(TrialFolder folder, int threads) throws LocalFaultException;
}
