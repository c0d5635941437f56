package dev.isoflop.operator.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * Starts each worker as a process of its own, its output appended to the trial's log. The worker
 * needs nothing of its parent, so one that outlives us loses nothing. It works in our directory,
 * from which a manifest's relative paths are meant.
 */
public final class ProcessWorkerLauncher implements WorkerLauncher {
  private final WorkerProgram program;
  private final Clock clock;

  public ProcessWorkerLauncher(WorkerProgram program, Clock clock) {
    this.program = program;
    this.clock = clock;
  }

  @Override
  public Worker launch(TrialFolder folder, int threads) throws LocalFaultException {
    WorkerLog log = folder.log();
    log.bound();
    ProcessBuilder builder = new ProcessBuilder(program.command(folder));
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()));
    limitThreads(builder.environment(), threads);
    keepMemory(builder.environment());
    try {
      return new ProcessWorker(builder.start(), clock.instant());
    } catch (IOException e) {
      throw new LocalFaultException(
          "%s: the worker cannot be started: %s; check that this Java and the worker's jar run here"
              .formatted(program.java(), e.getMessage()),
          e);
    }
  }

  /**
   * Libraries start as many threads as there are cores unless told otherwise, and their idle
   * threads spin for work on the cores of the other workers.
   */
  private static void limitThreads(Map<String, String> environment, int threads) {
    String count = Integer.toString(threads);
    environment.put("OMP_NUM_THREADS", count);
    environment.put("MKL_NUM_THREADS", count);
    environment.put("OPENBLAS_NUM_THREADS", count);
    environment.put("OMP_WAIT_POLICY", "PASSIVE");
    environment.put("OMP_DYNAMIC", "FALSE");
    environment.put("MKL_DYNAMIC", "FALSE");
  }

  /**
   * A step frees what the next one allocates again. By default glibc gives large pieces back to the
   * system in between, which then clears every page anew: some 5 % of a matrix product.
   */
  private static void keepMemory(Map<String, String> environment) {
    environment.put("MALLOC_ARENA_MAX", "1");
    environment.put("MALLOC_MMAP_THRESHOLD_", "4294967296");
    environment.put("MALLOC_TRIM_THRESHOLD_", "17179869184");
  }
}
