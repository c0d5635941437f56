package dev.isoflop.operator.cli.run;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.operator.cli.shared.CliContext;
import dev.isoflop.operator.local.process.ProcessWorkerLauncher;
import dev.isoflop.operator.local.process.WorkerProgram;
import dev.isoflop.operator.local.run.LocalOptions;
import dev.isoflop.operator.local.run.LocalOutcome;
import dev.isoflop.operator.local.run.LocalSweep;
import dev.isoflop.operator.local.run.ProgressListener;
import dev.isoflop.operator.local.run.StopOnShutdown;
import dev.isoflop.operator.local.store.LocalFaultException;
import dev.isoflop.operator.sweep.decide.SweepDecider;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Runs sweeps with worker processes; Ctrl-C stops them in order. */
public final class LocalSweepRunner implements SweepRunner {
  private final CliContext surroundings;
  private final Optional<Path> workerJar;

  /**
   * @param workerJar the worker's program; empty if this program was not told where it is
   */
  public LocalSweepRunner(CliContext surroundings, Optional<Path> workerJar) {
    this.surroundings = surroundings;
    this.workerJar = workerJar;
  }

  @Override
  public int run(
      ScalingSweep manifest,
      LocalOptions options,
      ProgressListener listener,
      ToIntFunction<LocalOutcome> conclusion)
      throws LocalFaultException {
    Path jar =
        workerJar.orElseThrow(
            () ->
                new LocalFaultException(
                    "isoflop.worker: is not set; start the program through ./isoflop, which sets"
                        + " it"));
    WorkerProgram program = WorkerProgram.jar(WorkerProgram.thisJava(), jar);
    SweepDecider decider =
        new SweepDecider(
            new LawFitter(surroundings.processors())::fit, surroundings.release().software());
    LocalSweep sweep =
        new LocalSweep(
            manifest,
            options,
            new ProcessWorkerLauncher(program, surroundings.clock(), options.gpus()),
            decider,
            surroundings.clock());
    StopOnShutdown stop = StopOnShutdown.of(sweep, options);
    try {
      return conclusion.applyAsInt(sweep.run(listener));
    } finally {
      stop.close();
    }
  }
}
