package dev.isoflop.worker;

import dev.isoflop.trial.ExitCode;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialConfig;
import dev.isoflop.trial.TrialFiles;
import dev.isoflop.trial.TrialOutcome;
import dev.isoflop.trial.TrialResult;
import dev.isoflop.worker.evaluate.Reading;
import dev.isoflop.worker.fault.DiskFault;
import dev.isoflop.worker.fault.TrialFault;
import dev.isoflop.worker.metrics.MetricsServer;
import dev.isoflop.worker.metrics.TrialMetrics;
import dev.isoflop.worker.train.StopSignal;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** One attempt at a trial, from its configuration to an exit code and, at the end, a result. */
final class TrialWorker {
  private final TrialConfig config;
  private final StopSignal stop;
  private final PrintStream log;
  private final LongSupplier nanoTime;
  private final ResultRecorder results;

  TrialWorker(TrialConfig config, StopSignal stop, PrintStream log, LongSupplier nanoTime) {
    this.config = config;
    this.stop = stop;
    this.log = log;
    this.nanoTime = nanoTime;
    results = new ResultRecorder(config);
  }

  /** Runs the trial; what it returns is how the process is to end. */
  ExitCode run() {
    try {
      ConfigReader.check(config);
      try (TrialFolder folder = TrialFolder.open(Path.of(config.runtime().folder()))) {
        return run(folder);
      }
    } catch (TrialFault fault) {
      return failed(fault);
    } catch (RuntimeException e) { // a fault of this program; its trace is what finds it
      Optional<TrialFault> disk = DiskFault.behind(e);
      if (disk.isPresent()) {
        return failed(disk.get());
      }
      e.printStackTrace(log);
      return failed(TrialFault.passing(OutcomeReason.Crashed, "the worker failed: " + e, e));
    }
  }

  private ExitCode run(TrialFolder folder) throws TrialFault {
    Optional<TrialResult> earlier = folder.result();
    if (earlier.isPresent() && !earlier.get().key().equals(config.key())) {
      throw TrialFault.lasting(
          OutcomeReason.BadConfiguration,
          "runtime.folder: %s holds the result of experiment %s, but this trial is %s; give it a folder"
                  .formatted(config.runtime().folder(), earlier.get().key(), config.key())
              + " of its own");
    }
    if (earlier.isPresent() && earlier.get().outcome().type() == OutcomeType.Succeeded) {
      log.println("already finished; the result is in " + folder.file(TrialFiles.RESULT));
      results.leaveMessage(earlier.get());
      return ExitCode.DONE;
    }
    folder.removeResult(); // whoever reads it must not take an earlier attempt's end for this one's
    try {
      return measured(folder);
    } catch (TrialFault fault) {
      if (fault.exitCode() == ExitCode.GIVE_UP) {
        folder.write(results.of(fault.outcome(), List.of(), 0));
      }
      throw fault;
    }
  }

  private ExitCode measured(TrialFolder folder) throws TrialFault {
    PrometheusRegistry registry = new PrometheusRegistry();
    TrialMetrics metrics = new TrialMetrics(config, registry, nanoTime);
    try (MetricsServer server =
        MetricsServer.start(config.runtime().metricsPort(), registry, metrics::progress)) {
      folder.writePort(server.port());
      TrialRun run = new TrialRun(config, folder, metrics, results, stop, log, nanoTime);
      Optional<TrialRun.Measured> end = run.run();
      if (end.isEmpty()) {
        log.println("stopped; start again to go on from the checkpoint");
        return ExitCode.STOPPED;
      }
      TrialResult result =
          results.of(TrialOutcome.succeeded(), end.get().values(), end.get().seconds());
      folder.writeMeasurements(
          end.get().readings().stream().map(Reading::record).distinct().toList());
      folder.write(result);
      results.leaveMessage(result);
      return ExitCode.DONE;
    }
  }

  private ExitCode failed(TrialFault fault) {
    log.println("error: " + fault.message());
    try {
      results.leaveMessage(results.of(fault.outcome(), List.of(), 0));
    } catch (TrialFault unwritable) {
      log.println("error: " + unwritable.message());
    }
    return fault.exitCode();
  }
}
