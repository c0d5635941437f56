package dev.isoflop.operator.cli.data;

import dev.isoflop.operator.local.process.DataChecker;
import dev.isoflop.operator.local.process.ProcessDataChecker;
import dev.isoflop.operator.local.process.WorkerProgram;
import dev.isoflop.operator.local.store.LocalFaultException;
import dev.isoflop.trial.DataCheckMessage;
import dev.isoflop.trial.DataCheckReport;
import dev.isoflop.trial.DataCheckRequest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks at data by the worker's program.
 *
 * @param workerJar empty if this program was not told where it is
 */
public record WorkerDataChecker(Optional<Path> workerJar) implements DataChecker {
  @Override
  public DataCheckReport check(
      DataCheckRequest request, Consumer<DataCheckMessage.Progress> progress)
      throws LocalFaultException, InterruptedException {
    Path jar =
        workerJar.orElseThrow(
            () ->
                new LocalFaultException(
                    "isoflop.worker: is not set, so the data cannot be looked at; start the program"
                        + " through ./isoflop, which sets it"));
    return new ProcessDataChecker(WorkerProgram.jar(WorkerProgram.thisJava(), jar))
        .check(request, progress);
  }
}
