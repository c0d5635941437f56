package dev.isoflop.operator.cli;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.operator.local.LocalFaultException;
import dev.isoflop.operator.local.LocalOptions;
import dev.isoflop.operator.local.LocalOutcome;
import dev.isoflop.operator.local.LocalSweep;
import dev.isoflop.operator.local.ProcessWorkerLauncher;
import dev.isoflop.operator.local.ProgressListener;
import dev.isoflop.operator.local.StopOnShutdown;
import dev.isoflop.operator.local.WorkerProgram;
import dev.isoflop.operator.sweep.SweepDecider;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Runs sweeps with worker processes; Ctrl-C stops them in order. */
final class LocalSweepRunner implements SweepRunner {
  private final Surroundings surroundings;
  private final Optional<Path> workerJar;

  /**
   * @param workerJar the worker's program; empty if this program was not told where it is
   */
  LocalSweepRunner(Surroundings surroundings, Optional<Path> workerJar) {
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
