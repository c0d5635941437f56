package dev.isoflop.worker.metrics;

import ai.djl.Device;
import dev.isoflop.metric.MetricNames;
import dev.isoflop.trial.TrialConfig;
import dev.isoflop.worker.train.StepTime;
import dev.isoflop.worker.train.TrainingCurve;
import dev.isoflop.worker.train.TrainingListener;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/**
 * Metrics of a trial's speed and memory. Throughput is the rate of the counters of samples and
 * tokens.
 *
 * <p>The utilisation counts the model's matrix products, forward and backward, whatever convention
 * the sweep's budgets have, and no product twice that is computed again to save memory.
 */
public final class SpeedMetrics implements TrainingListener {
  private static final long QUANTILE_WINDOW_SECONDS = 300;

  private final String[] labels;
  private final double stepFlops;
  private final double peakFlops;
  private final Gauge utilization;
  private final DistributionDataPoint stepSeconds;
  private final CounterDataPoint dataWait;
  private final RecentMean recent = new RecentMean();

  /**
   * Registers the metrics of a trial.
   *
   * @param device that trains; the memory of a GPU is shown beside that of the process
   * @param peakFlops FLOPs a second that the device can do in the trial's precision
   */
  public SpeedMetrics(
      TrialConfig config, PrometheusRegistry registry, Device device, double peakFlops) {
    labels = TrialLabels.values(config);
    this.peakFlops = peakFlops;
    var experiment = config.experiment();
    stepFlops = experiment.shape().trainingFlops() * experiment.training().batchSize();
    utilization =
        Gauge.builder()
            .name(MetricNames.MODEL_FLOPS_UTILIZATION)
            .help(
                "Rate of the model's matrix products over the peak, in the last %d steps."
                    .formatted(RecentMean.LENGTH))
            .labelNames(TrialLabels.names())
            .register(registry);
    Gauge.builder()
        .name(MetricNames.PEAK_FLOPS)
        .help("FLOPs a second that the device can do in the trial's precision, measured or set.")
        .labelNames(TrialLabels.names())
        .register(registry)
        .labelValues(labels)
        .set(peakFlops);
    stepSeconds =
        Summary.builder()
            .name(MetricNames.STEP_SECONDS)
            .help("Time of a training step, data wait included; quantiles of the last 5 minutes.")
            .labelNames(TrialLabels.names())
            .quantile(0.5, 0.01)
            .quantile(0.9, 0.01)
            .quantile(0.99, 0.001)
            .maxAgeSeconds(QUANTILE_WINDOW_SECONDS)
            .register(registry)
            .labelValues(labels);
    dataWait =
        Counter.builder()
            .name(MetricNames.DATA_WAIT)
            .help("Time that training waited for data, of this attempt.")
            .labelNames(TrialLabels.names())
            .register(registry)
            .labelValues(labels);
    memory(registry, device);
  }

  private void memory(PrometheusRegistry registry, Device device) {
    GaugeWithCallback.builder()
        .name(MetricNames.RESIDENT_MEMORY)
        .help("Memory of the worker's process.")
        .labelNames(TrialLabels.names())
        .callback(
            callback ->
                ResidentMemory.bytes().ifPresent(bytes -> callback.call((double) bytes, labels)))
        .register(registry);
    if (device.isGpu()) {
      GaugeWithCallback.builder()
          .name(MetricNames.DEVICE_MEMORY)
          .help("Memory in use on the trial's GPU, by whatever program.")
          .labelNames(TrialLabels.names())
          .callback(
              callback ->
                  DeviceMemory.bytes(device)
                      .ifPresent(bytes -> callback.call((double) bytes, labels)))
          .register(registry);
    }
  }

  @Override
  public void stepDone(TrainingCurve.Row row, StepTime time) {
    stepSeconds.observe(time.seconds());
    dataWait.inc(Math.max(0, time.dataWaitSeconds()));
    recent.add(time.seconds());
    utilization.labelValues(labels).set(stepFlops / (recent.mean() * peakFlops));
  }

  @Override
  public void checkpointWritten(long step) {
    // takes no part in a step's time
  }
}
