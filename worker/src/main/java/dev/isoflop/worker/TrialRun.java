package dev.isoflop.worker;

import static java.util.Objects.requireNonNull;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtNDManager;
import dev.isoflop.metric.MetricValue;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.TrialConfig;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.trial.TrialFiles;
import dev.isoflop.worker.checkpoint.CheckpointFolder;
import dev.isoflop.worker.checkpoint.CheckpointHeader;
import dev.isoflop.worker.data.BrokenSamples;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.batch.BatchReader;
import dev.isoflop.worker.data.cache.DataEnvironment;
import dev.isoflop.worker.data.open.DataPaths;
import dev.isoflop.worker.data.open.DataSources;
import dev.isoflop.worker.device.CudaDriver;
import dev.isoflop.worker.device.TrialDevice;
import dev.isoflop.worker.diffusion.RunSeed;
import dev.isoflop.worker.evaluate.EvaluationPlace;
import dev.isoflop.worker.evaluate.Reading;
import dev.isoflop.worker.evaluate.TrialEvaluation;
import dev.isoflop.worker.evaluate.features.NonFiniteSample;
import dev.isoflop.worker.fault.DataFault;
import dev.isoflop.worker.fault.DeviceFault;
import dev.isoflop.worker.fault.DiskFault;
import dev.isoflop.worker.fault.MemoryFault;
import dev.isoflop.worker.fault.TrialFault;
import dev.isoflop.worker.metrics.SpeedMetrics;
import dev.isoflop.worker.metrics.TrialMetrics;
import dev.isoflop.worker.model.DiffusionModel;
import dev.isoflop.worker.model.ModelArchive;
import dev.isoflop.worker.model.ModelPrecision;
import dev.isoflop.worker.model.ModelState;
import dev.isoflop.worker.model.PeakRate;
import dev.isoflop.worker.pictures.SamplePictures;
import dev.isoflop.worker.torch.TorchRuntime;
import dev.isoflop.worker.train.Progress;
import dev.isoflop.worker.train.StepCallback;
import dev.isoflop.worker.train.StopSignal;
import dev.isoflop.worker.train.TrainingCurve;
import dev.isoflop.worker.train.TrainingEnd;
import dev.isoflop.worker.train.TrainingListener;
import dev.isoflop.worker.train.TrainingLoop;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The work of a trial in a folder it holds: restore or start, train, measure. */
final class TrialRun {
  /**
   * What a finished trial measured.
   *
   * @param seconds of evaluation
   */
  record Measured(List<Reading> readings, double seconds) {
    /** What the result says of them. */
    List<MetricValue> values() {
      return readings.stream().map(Reading::value).toList();
    }
  }

  private final TrialConfig config;
  private final TrialExperiment experiment;
  private final TrialFolder folder;
  private final TrialMetrics metrics;
  private final ResultRecorder results;
  private final StopSignal stop;
  private final PrintStream log;
  private final LongSupplier nanoTime;
  private final RunSeed seed;

  TrialRun(
      TrialConfig config,
      TrialFolder folder,
      TrialMetrics metrics,
      ResultRecorder results,
      StopSignal stop,
      PrintStream log,
      LongSupplier nanoTime) {
    this.config = config;
    this.folder = folder;
    this.metrics = metrics;
    this.results = results;
    this.stop = stop;
    this.log = log;
    this.nanoTime = nanoTime;
    String dataFolder = config.runtime().dataFolder();
    experiment =
        dataFolder == null
            ? config.experiment()
            : DataPaths.from(dataFolder).resolve(config.experiment());
    seed = RunSeed.ofRepeat(experiment.training().seed(), experiment.repeat());
  }

  /** Runs to the end; empty if asked to stop before, with a checkpoint of the work. */
  Optional<Measured> run() throws TrialFault {
    int threads = config.runtime().threads();
    try {
      requireDevice(threads);
      return onDevice(threads);
    } catch (EngineException | OutOfMemoryError e) {
      Optional<TrialFault> known = MemoryFault.of(e, experiment).or(() -> DeviceFault.of(e));
      if (known.isPresent()) {
        throw known.get();
      }
      throw e;
    }
  }

  /** What was asked for is looked at before any data is; without it, libtorch may start later. */
  private void requireDevice(int threads) throws TrialFault {
    if (config.runtime().accelerator() != null) {
      requireDevice(TorchRuntime.start(threads));
    }
  }

  private void requireDevice(TorchRuntime torch) throws TrialFault {
    boolean usable = torch.device().isGpu();
    new TrialDevice(
            torch.isCudaBuild(),
            usable,
            usable ? Optional.empty() : CudaDriver.load(),
            System.getenv("CUDA_VISIBLE_DEVICES"))
        .require(config.runtime().accelerator(), log::println);
  }

  private Optional<Measured> onDevice(int threads) throws TrialFault {
    Integer most = config.runtime().brokenSamples();
    BrokenSamples broken =
        new BrokenSampleJournal(folder.file(TrialFiles.BROKEN_SAMPLES), log::println)
            .open(most == null ? 0 : most);
    results.leaveOut(broken);
    metrics.leaveOut(() -> LeftOutOfSets.of(broken, experiment.data()));
    try (DataSources data =
        DataSources.open(
            experiment.data(),
            DataEnvironment.ofProcess(() -> TorchRuntime.start(threads)),
            log::println,
            broken)) {
      TorchRuntime torch = TorchRuntime.start(threads);
      if (config.runtime().accelerator() == null) {
        requireDevice(torch);
      }
      ModelPrecision precision =
          ModelPrecision.of(experiment.training().precision(), torch.device());
      results.computedBy(torch, precision);
      try (PtNDManager manager = torch.newManager();
          DiffusionModel model =
              new DiffusionModel(
                  manager,
                  experiment.shape(),
                  ModelArchive.pack(experiment.shape(), experiment.training(), precision));
          ModelState state = model.initialState(seed)) {
        double peakFlops = peakFlops(model);
        results.ofPeak(peakFlops);
        SpeedMetrics speed = metrics.ofSpeed(torch.device(), peakFlops);
        TrialEvaluation evaluation = new TrialEvaluation(experiment, model, place(manager), stop);
        CheckpointFolder checkpoints =
            new CheckpointFolder(folder.file(TrialFiles.CHECKPOINT), config.key(), log::println);
        Optional<Progress> start = start(checkpoints, data, model, state, evaluation);
        if (start.isEmpty()) {
          return Optional.empty();
        }
        Optional<SamplePictures> pictures =
            SamplePictures.of(folder.path(), experiment, data, model, state, log::println);
        TrainingListener listener =
            TrainingListener.both(
                TrainingListener.both(metrics, speed),
                new ConsoleProgress(log, experiment.steps(), nanoTime));
        TrainingLoop loop =
            new TrainingLoop(
                config.key(), experiment, model, state, checkpoints, listener, stop, nanoTime);
        return train(loop, start.get(), data, pictures)
            ? evaluate(data, state, evaluation, pictures)
            : Optional.empty();
      }
    } catch (DataException e) {
      throw DataFault.of(e);
    } catch (NonFiniteSample e) {
      throw TrialFault.lasting(
          OutcomeReason.Diverged,
          e.getMessage()
              + "; lower training.optimizer.learningRate, or evaluation.sampler.guidance");
    } catch (UncheckedIOException e) {
      throw DiskFault.of(requireNonNull(e.getCause()), String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw TrialFault.passing(OutcomeReason.Crashed, "interrupted; start again", e);
    }
  }

  private double peakFlops(DiffusionModel model) {
    Double set = config.runtime().peakFlops();
    if (set != null) {
      return set;
    }
    double measured = PeakRate.measure(model, nanoTime);
    log.printf(
        Locale.ROOT,
        "peak %.4g FLOP/s, measured; set scheduling.peakFlops to have the utilisation against"
            + " another%n",
        measured);
    return measured;
  }

  private EvaluationPlace place(PtNDManager manager) {
    String cache = config.runtime().cache();
    Path scratch = Path.of(config.runtime().folder());
    return new EvaluationPlace(manager, scratch, cache == null ? scratch : Path.of(cache));
  }

  /**
   * Where training goes on, in the newest checkpoint or at its start, once all data has been looked
   * through; empty if asked to stop meanwhile.
   */
  private Optional<Progress> start(
      CheckpointFolder checkpoints,
      DataSources data,
      DiffusionModel model,
      ModelState state,
      TrialEvaluation evaluation)
      throws TrialFault, DataException, InterruptedException {
    Optional<CheckpointHeader> restored = checkpoints.restore(model, state);
    Progress start = restored.map(Progress::of).orElse(Progress.start());
    if (restored.isPresent()) {
      log.println("resumed from the checkpoint at step " + start.step());
      metrics.restored();
    } else if (!evaluation.rehearse(data)) {
      return Optional.empty();
    }
    results.reached(start);
    if (start.step() < experiment.steps()) {
      checkpoints.requireRoom(state);
    }
    return Optional.of(start);
  }

  /** Whether training reached its last step, rather than being asked to stop. */
  private boolean train(
      TrainingLoop loop, Progress start, DataSources data, Optional<SamplePictures> pictures)
      throws TrialFault, DataException, InterruptedException {
    StepCallback interlude = pictures.isPresent() ? pictures.get() : StepCallback.NONE;
    int batchSize = experiment.training().batchSize();
    try (TrainingCurve curve = TrainingCurve.open(folder.file(TrialFiles.CURVE), start.step());
        BatchReader batches =
            new BatchReader(
                data.train().train(seed.value(), start.step() * batchSize),
                data.train().imageShape(),
                data.textEncoder(),
                BatchReader.Options.ofBatchSize(batchSize))) {
      TrainingEnd end = loop.run(start, batches, curve, interlude);
      results.reached(end.progress());
      if (end instanceof TrainingEnd.Diverged diverged) {
        throw TrialFault.lasting(
            OutcomeReason.Diverged,
            "training diverged: %s; lower training.optimizer.learningRate or lengthen the warm-up"
                .formatted(diverged.why()));
      }
      return end instanceof TrainingEnd.Complete;
    }
  }

  private Optional<Measured> evaluate(
      DataSources data,
      ModelState state,
      TrialEvaluation evaluation,
      Optional<SamplePictures> pictures)
      throws TrialFault, DataException, InterruptedException {
    long began = nanoTime.getAsLong();
    if (pictures.isPresent()) {
      pictures.get().drawEnd();
    }
    Optional<List<Reading>> readings = evaluation.measure(state, data);
    if (readings.isEmpty()) {
      return Optional.empty();
    }
    Measured measured = new Measured(readings.get(), (nanoTime.getAsLong() - began) * 1e-9);
    for (MetricValue value : measured.values()) {
      metrics.measured(value);
      log.printf(
          "%s on %s: %s, standard error %s%n",
          value.metric(), value.dataset(), value.value(), value.standardError());
    }
    return Optional.of(measured);
  }
}
