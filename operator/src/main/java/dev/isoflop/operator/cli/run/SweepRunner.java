package dev.isoflop.operator.cli.run;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.local.run.LocalOptions;
import dev.isoflop.operator.local.run.LocalOutcome;
import dev.isoflop.operator.local.run.ProgressListener;
import dev.isoflop.operator.local.store.LocalFaultException;
import java.util.function.ToIntFunction;

/** Runs sweeps on this machine. */
@FunctionalInterface
public interface SweepRunner {

  /**
   * Runs a sweep until it ends or someone asks this program to stop.
   *
   * @param conclusion tells how the run ended; the program does not end before it returns
   * @return what the conclusion returned
   * @throws LocalFaultException if no worker could be started at all
   */
  int run(
      ScalingSweep manifest,
      LocalOptions options,
      ProgressListener listener,
      ToIntFunction<LocalOutcome> conclusion)
      throws LocalFaultException;
}
