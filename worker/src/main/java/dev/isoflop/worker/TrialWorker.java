package dev.isoflop.worker;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtNDManager;
import dev.isoflop.trial.ExitCode;
import dev.isoflop.trial.MetricValue;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialConfig;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.trial.TrialFiles;
import dev.isoflop.trial.TrialOutcome;
import dev.isoflop.trial.TrialResult;
import dev.isoflop.worker.checkpoint.CheckpointFolder;
import dev.isoflop.worker.checkpoint.CheckpointHeader;
import dev.isoflop.worker.data.BatchReader;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataSources;
import dev.isoflop.worker.diffusion.RunSeed;
import dev.isoflop.worker.evaluate.TrialEvaluation;
import dev.isoflop.worker.fault.TrialFault;
import dev.isoflop.worker.metrics.MetricsServer;
import dev.isoflop.worker.metrics.TrialMetrics;
import dev.isoflop.worker.model.DiffusionModel;
import dev.isoflop.worker.model.ModelArchive;
import dev.isoflop.worker.model.ModelPrecision;
import dev.isoflop.worker.model.ModelState;
import dev.isoflop.worker.torch.TorchRuntime;
import dev.isoflop.worker.train.Progress;
import dev.isoflop.worker.train.StopSignal;
import dev.isoflop.worker.train.TrainingCurve;
import dev.isoflop.worker.train.TrainingEnd;
import dev.isoflop.worker.train.TrainingListener;
import dev.isoflop.worker.train.TrainingLoop;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** One trial from configuration to result: restore or start, train, evaluate, record. */
final class TrialWorker {
  private final TrialConfig config;
  private final StopSignal stop;
  private final PrintStream log;
  private final LongSupplier nanoTime;
  private final ResultRecorder results;
  private Progress progress = Progress.start();

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
    }
  }

  private ExitCode run(TrialFolder folder) throws TrialFault {
    Optional<TrialResult> finished = folder.result().filter(this::isFinished);
    if (finished.isPresent()) {
      log.println("already finished; the result is in " + folder.file(TrialFiles.RESULT));
      results.message(finished.get());
      return ExitCode.DONE;
    }
    try {
      PrometheusRegistry registry = new PrometheusRegistry();
      TrialMetrics metrics = new TrialMetrics(config, registry, nanoTime);
      try (MetricsServer server = MetricsServer.start(config.runtime().metricsPort(), registry)) {
        folder.writePort(server.port());
        return train(folder, metrics);
      }
    } catch (TrialFault fault) {
      if (fault.exitCode() == ExitCode.GIVE_UP) {
        record(folder, TrialOutcome.failed(fault.reason(), message(fault)));
      }
      throw fault;
    } catch (DataException e) {
      TrialFault fault =
          e.retryable()
              ? TrialFault.passing(OutcomeReason.BadData, message(e), e)
              : TrialFault.lasting(OutcomeReason.BadData, message(e), e);
      if (fault.exitCode() == ExitCode.GIVE_UP) {
        record(folder, TrialOutcome.failed(fault.reason(), message(fault)));
      }
      throw fault;
    } catch (EngineException | OutOfMemoryError e) {
      if (MemoryFault.isOutOfMemory(e)) {
        log.println("out of memory: " + e.getMessage());
        record(
            folder, TrialOutcome.excluded(OutcomeReason.OutOfMemory, MemoryFault.message(config)));
        return ExitCode.GIVE_UP;
      }
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw TrialFault.passing(OutcomeReason.Crashed, "interrupted; start again", e);
    }
  }

  private boolean isFinished(TrialResult result) {
    return result.key().equals(config.key()) && result.outcome().type() == OutcomeType.Succeeded;
  }

  private ExitCode train(TrialFolder folder, TrialMetrics metrics)
      throws TrialFault, DataException, InterruptedException {
    TrialExperiment experiment = config.experiment();
    DataSources data = DataSources.open(experiment.data());
    TorchRuntime torch = TorchRuntime.start(config.runtime().threads());
    ModelPrecision precision = ModelPrecision.of(experiment.training().precision(), torch.device());
    results.software(torch, precision);
    CheckpointFolder checkpoints =
        new CheckpointFolder(folder.file(TrialFiles.CHECKPOINT), config.key(), log::println);
    RunSeed seed = RunSeed.ofRepeat(experiment.training().seed(), experiment.repeat());
    try (PtNDManager manager = torch.newManager();
        DiffusionModel model =
            new DiffusionModel(
                manager,
                experiment.shape(),
                ModelArchive.pack(experiment.shape(), experiment.training(), precision));
        ModelState state = model.initialState(seed)) {
      Optional<CheckpointHeader> restored = checkpoints.restore(model, state);
      if (restored.isPresent()) {
        progress = Progress.of(restored.get());
        log.println("resumed from the checkpoint at step " + progress.step());
      }
      TrainingEnd end = train(folder, metrics, data, model, state, checkpoints, seed);
      progress = end.progress();
      if (end instanceof TrainingEnd.Stopped) {
        return stopped();
      }
      if (end instanceof TrainingEnd.Diverged diverged) {
        log.println("diverged: " + diverged.why());
        record(
            folder,
            TrialOutcome.excluded(
                OutcomeReason.Diverged,
                diverged.why() + "; lower training.optimizer.learningRate or raise the warm-up"));
        return ExitCode.GIVE_UP;
      }
      return evaluate(folder, metrics, data, model, state);
    }
  }

  private TrainingEnd train(
      TrialFolder folder,
      TrialMetrics metrics,
      DataSources data,
      DiffusionModel model,
      ModelState state,
      CheckpointFolder checkpoints,
      RunSeed seed)
      throws TrialFault, DataException, InterruptedException {
    TrialExperiment experiment = config.experiment();
    int batchSize = experiment.training().batchSize();
    TrainingListener listener =
        TrainingListener.both(metrics, new ConsoleProgress(log, experiment.steps(), nanoTime));
    TrainingLoop loop =
        new TrainingLoop(
            config.key(), experiment, model, state, checkpoints, listener, stop, nanoTime);
    try (TrainingCurve curve = TrainingCurve.open(folder.file(TrialFiles.CURVE), progress.step());
        BatchReader batches =
            new BatchReader(
                data.train().train(seed.value(), progress.step() * batchSize),
                data.train().imageShape(),
                data.textEncoder(),
                BatchReader.Options.ofBatchSize(batchSize))) {
      return loop.run(progress, batches, curve);
    }
  }

  private ExitCode evaluate(
      TrialFolder folder,
      TrialMetrics metrics,
      DataSources data,
      DiffusionModel model,
      ModelState state)
      throws TrialFault, DataException, InterruptedException {
    long began = nanoTime.getAsLong();
    TrialEvaluation evaluation = new TrialEvaluation(config.experiment(), model, stop);
    Optional<List<MetricValue>> values = evaluation.measure(state, data);
    if (values.isEmpty()) {
      return stopped();
    }
    values.get().forEach(metrics::measured);
    values
        .get()
        .forEach(
            value ->
                log.println(
                    value.metric()
                        + " on "
                        + value.dataset()
                        + ": "
                        + value.value()
                        + " +- "
                        + value.standardError()));
    double seconds = (nanoTime.getAsLong() - began) * 1e-9;
    TrialResult result = results.of(TrialOutcome.succeeded(), progress, values.get(), seconds);
    folder.write(result);
    results.message(result);
    return ExitCode.DONE;
  }

  private ExitCode stopped() {
    log.println("stopped at step " + progress.step() + "; start again to go on from there");
    return ExitCode.STOPPED;
  }

  private void record(TrialFolder folder, TrialOutcome outcome) throws TrialFault {
    TrialResult result = results.of(outcome, progress, List.of(), 0);
    folder.write(result);
    results.message(result);
  }

  private ExitCode failed(TrialFault fault) {
    log.println("error: " + message(fault));
    TrialOutcome outcome = TrialOutcome.failed(fault.reason(), message(fault));
    try {
      results.message(results.of(outcome, progress, List.of(), 0));
    } catch (TrialFault unwritable) {
      log.println("error: " + message(unwritable));
    }
    return fault.exitCode();
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }
}
