package dev.isoflop.worker;

import dev.isoflop.metric.MetricValue;
import dev.isoflop.trial.LeftOut;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.TerminationMessage;
import dev.isoflop.trial.TrialConfig;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.trial.TrialOutcome;
import dev.isoflop.trial.TrialResult;
import dev.isoflop.worker.data.BrokenSamples;
import dev.isoflop.worker.device.CudaDriver;
import dev.isoflop.worker.fault.DiskFault;
import dev.isoflop.worker.fault.TrialFault;
import dev.isoflop.worker.model.ModelPrecision;
import dev.isoflop.worker.torch.TorchRuntime;
import dev.isoflop.worker.train.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down how a trial ended. */
final class ResultRecorder {
  private static final int LONGEST_MESSAGE = 1024;

  private final TrialConfig config;
  private Progress progress = Progress.start();
  private @Nullable Double peakFlops;
  private BrokenSamples broken = BrokenSamples.none();
  private String software = "isoflop worker " + version();

  ResultRecorder(TrialConfig config) {
    this.config = config;
  }

  private static String version() {
    String version = ResultRecorder.class.getPackage().getImplementationVersion();
    return version == null ? "(unpackaged)" : version;
  }

  /** Adds what computes to what is reported. */
  void computedBy(TorchRuntime torch, ModelPrecision precision) {
    software =
        "isoflop worker %s, libtorch %s, %s, %s"
            .formatted(
                version(), torch.version(), device(torch), precision.bfloat16() ? "BF16" : "FP32");
  }

  private static String device(TorchRuntime torch) {
    return torch.device().isGpu()
        ? CudaDriver.load()
            .flatMap(CudaDriver::deviceName)
            .map(name -> torch.device() + " " + name)
            .orElse(torch.device().toString())
        : torch.device().toString();
  }

  /** Notes what the device can do at best, in FLOPs a second. */
  void ofPeak(double flopsPerSecond) {
    peakFlops = flopsPerSecond;
  }

  /** Counts what the trial leaves out of its data. */
  void leaveOut(BrokenSamples samples) {
    broken = samples;
  }

  /** Notes how far training has come. */
  void reached(Progress now) {
    progress = now;
  }

  /** The result at this point of the trial. */
  TrialResult of(TrialOutcome outcome, List<MetricValue> metrics, double evaluationSeconds) {
    TrialExperiment experiment = config.experiment();
    List<LeftOut> leftOut = LeftOutOfSets.of(broken, experiment.data());
    double samples = (double) progress.step() * experiment.training().batchSize();
    return new TrialResult(
        config.trial(),
        config.key(),
        bounded(outcome),
        experiment.shape().parameters(),
        experiment.shape().totalParameters(),
        progress.step(),
        samples,
        samples * experiment.shape().tokensPerSample(),
        samples * experiment.shape().trainingFlops(experiment.flopConvention()),
        finite(progress.losses().smoothed()),
        metrics,
        progress.seconds(),
        evaluationSeconds,
        utilization(samples),
        software,
        leftOut.isEmpty() ? null : leftOut.stream().mapToLong(LeftOut::samples).sum(),
        leftOut.isEmpty() ? null : leftOut);
  }

  /** Of all attempts together, against the peak of this one. */
  private @Nullable Double utilization(double samples) {
    if (peakFlops == null || samples == 0) {
      return null;
    }
    double flops = samples * config.experiment().shape().trainingFlops();
    return finite(flops / (progress.seconds() * peakFlops));
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static TrialOutcome bounded(TrialOutcome outcome) {
    String message = outcome.message();
    return message == null || message.length() <= LONGEST_MESSAGE
        ? outcome
        : new TrialOutcome(
            outcome.type(), outcome.reason(), message.substring(0, LONGEST_MESSAGE - 3) + "...");
  }

  /** Leaves the result where Kubernetes looks for it, if there is such a place. */
  void leaveMessage(TrialResult result) throws TrialFault {
    String path = config.runtime().terminationMessagePath();
    if (path == null) {
      return;
    }
    byte[] message = TerminationMessage.of(result, config.runtime().attemptToken());
    if (message.length > TerminationMessage.LARGEST_BYTES) {
      throw TrialFault.lasting(
          OutcomeReason.BadConfiguration,
          "evaluation.metrics: the %d measurements of this trial take %d bytes, of which Kubernetes keeps %d; measure less, or on fewer sets"
              .formatted(
                  result.metrics().size(), message.length, TerminationMessage.LARGEST_BYTES));
    }
    try {
      Files.write(
          Path.of(path),
          message,
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw DiskFault.of(e, "runtime.terminationMessagePath: writing " + path);
    }
  }
}
