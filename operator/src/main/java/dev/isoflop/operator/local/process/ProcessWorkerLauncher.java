package dev.isoflop.operator.local.process;

import dev.isoflop.operator.gpu.WorkerGpus;
import dev.isoflop.operator.local.store.LocalFaultException;
import dev.isoflop.operator.local.store.TrialFolder;
import dev.isoflop.operator.local.store.WorkerLog;
import dev.isoflop.operator.runtime.WorkerEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Starts each worker as a process of its own, its output appended to the trial's log. The worker
 * needs nothing of its parent, so one that outlives us loses nothing. It works in our directory,
 * from which a manifest's relative paths are meant.
 */
public final class ProcessWorkerLauncher implements WorkerLauncher {
  private final WorkerProgram program;
  private final Clock clock;
  private final WorkerGpus gpus;

  /** Starts workers that train on the CPU. */
  public ProcessWorkerLauncher(WorkerProgram program, Clock clock) {
    this(program, clock, WorkerGpus.none());
  }

  /**
   * Starts workers that see the one GPU that their configuration names.
   *
   * @param gpus whose libraries they load
   */
  public ProcessWorkerLauncher(WorkerProgram program, Clock clock, WorkerGpus gpus) {
    this.program = program;
    this.clock = clock;
    this.gpus = gpus;
  }

  @Override
  public Worker launch(TrialFolder folder, int threads) throws LocalFaultException {
    WorkerLog log = folder.log();
    log.bound();
    ProcessBuilder builder = new ProcessBuilder(program.command(folder));
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()));
    builder.environment().putAll(WorkerEnvironment.of(threads));
    builder.environment().putAll(gpus.environment(folder.device()));
    try {
      return ProcessWorker.started(builder.start(), clock.instant());
    } catch (IOException e) {
      throw new LocalFaultException(
          "%s: the worker cannot be started: %s; check that this Java and the worker's jar run here"
              .formatted(program.java(), e.getMessage()),
          e);
    }
  }
}
