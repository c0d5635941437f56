package dev.isoflop.operator.local.process;

import dev.isoflop.operator.local.store.LocalFaultException;
import dev.isoflop.trial.DataCheckMessage;
import dev.isoflop.trial.DataCheckReport;
import dev.isoflop.trial.DataCheckRequest;
import java.util.function.Consumer;

/** Looks at a sweep's data as its workers would. */
@FunctionalInterface
public interface DataChecker {
  /**
   * Looks, and returns when everything was looked at.
   *
   * @param progress hears now and then how far it is, while every sample is read
   * @throws LocalFaultException if this machine stands in the way of looking
   * @throws InterruptedException if asked to stop before the end
   */
  DataCheckReport check(DataCheckRequest request, Consumer<DataCheckMessage.Progress> progress)
      throws LocalFaultException, InterruptedException;
}
