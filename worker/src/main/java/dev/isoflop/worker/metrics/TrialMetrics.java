package dev.isoflop.worker.metrics;

import ai.djl.Device;
import dev.isoflop.api.v1alpha1.status.ProgressReport;
import dev.isoflop.api.v1alpha1.status.TrialProgress;
import dev.isoflop.metric.MetricNames;
import dev.isoflop.metric.MetricValue;
import dev.isoflop.trial.LeftOut;
import dev.isoflop.trial.TrialConfig;
import dev.isoflop.worker.train.StepTime;
import dev.isoflop.worker.train.TrainingCurve;
import dev.isoflop.worker.train.TrainingListener;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.GaugeDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A trial's metrics for Prometheus, and its progress for the operator. Written by the training
 * thread, read by the threads that answer. A series appears with its first value: what was not
 * measured yet is absent, not zero.
 */
public final class TrialMetrics implements TrainingListener {
  private final TrialConfig config;
  private final PrometheusRegistry registry;
  private final String[] labels;
  private final LongSupplier nanoTime;
  private final Gauge trainLoss;
  private final Gauge gradientNorm;
  private final Gauge step;
  private final Gauge progress;
  private final MeasuredGauges measured;
  private final Counter tokens;
  private final Counter samples;
  private final Counter flops;
  private volatile long checkpointAt = Long.MIN_VALUE;
  private volatile TrainingCurve.@Nullable Row last;
  private @Nullable Series series;

  /** The labelled series that each step writes, looked up once. */
  private record Series(
      GaugeDataPoint trainLoss,
      GaugeDataPoint gradientNorm,
      GaugeDataPoint step,
      GaugeDataPoint progress,
      CounterDataPoint tokens,
      CounterDataPoint samples,
      CounterDataPoint flops) {}

  /** Registers the metrics of a trial. */
  public TrialMetrics(TrialConfig config, PrometheusRegistry registry, LongSupplier nanoTime) {
    this.config = config;
    this.registry = registry;
    this.nanoTime = nanoTime;
    labels = TrialLabels.values(config);
    trainLoss =
        gauge(registry, MetricNames.TRAIN_LOSS, "Training loss, smoothed by a factor 0.9 a step.");
    gradientNorm =
        gauge(registry, MetricNames.GRADIENT_NORM, "Global norm of the gradient before clipping.");
    step = gauge(registry, MetricNames.STEP, "Optimizer steps done.");
    progress = gauge(registry, MetricNames.PROGRESS, "Steps done over steps planned.");
    tokens = counter(registry, MetricNames.TOKENS, "Tokens processed in training.");
    samples = counter(registry, MetricNames.SAMPLES, "Samples seen in training.");
    flops = counter(registry, MetricNames.FLOPS, "Training FLOPs in the sweep's convention.");
    measured = new MeasuredGauges(registry);
    GaugeWithCallback.builder()
        .name(MetricNames.CHECKPOINT_AGE)
        .help("Seconds since the newest checkpoint was written, or restored by this worker.")
        .labelNames(TrialLabels.names())
        .callback(
            callback -> {
              @Nullable Double age = checkpointAgeSeconds();
              if (age != null) {
                callback.call(age, labels);
              }
            })
        .register(registry);
  }

  private static Gauge gauge(PrometheusRegistry registry, String name, String help) {
    return Gauge.builder().name(name).help(help).labelNames(TrialLabels.names()).register(registry);
  }

  private static Counter counter(PrometheusRegistry registry, String name, String help) {
    return Counter.builder()
        .name(name)
        .help(help)
        .labelNames(TrialLabels.names())
        .register(registry);
  }

  @Override
  public void stepDone(TrainingCurve.Row row, StepTime time) {
    Series current = series;
    if (current == null) {
      current = firstSeries();
      series = current;
    }
    current.trainLoss().set(row.smoothedLoss());
    current.gradientNorm().set(row.gradientNorm());
    current.step().set((double) row.step());
    current.progress().set(ratio(row));
    raise(current.tokens(), row.tokens());
    raise(current.samples(), (double) row.step() * config.experiment().training().batchSize());
    raise(current.flops(), row.flops());
    last = row;
  }

  private double ratio(TrainingCurve.Row row) {
    return (double) row.step() / config.experiment().steps();
  }

  private @Nullable Double checkpointAgeSeconds() {
    long at = checkpointAt;
    return at == Long.MIN_VALUE ? null : (nanoTime.getAsLong() - at) * 1e-9;
  }

  /** Progress after the last step that was done. */
  public ProgressReport progress() {
    TrainingCurve.@Nullable Row row = last;
    return new ProgressReport(
        config.trial(),
        row == null
            ? null
            : new TrialProgress(
                row.step(), ratio(row), row.smoothedLoss(), checkpointAgeSeconds()));
  }

  private Series firstSeries() {
    return new Series(
        trainLoss.labelValues(labels),
        gradientNorm.labelValues(labels),
        step.labelValues(labels),
        progress.labelValues(labels),
        tokens.labelValues(labels),
        samples.labelValues(labels),
        flops.labelValues(labels));
  }

  /**
   * Counters go on where a checkpoint left off, so their values come from the row, not the process.
   */
  private static void raise(CounterDataPoint counter, double to) {
    counter.inc(Math.max(0, to - counter.get()));
  }

  /** Adds metrics of speed and memory, once it is known what the trial trains on. */
  public SpeedMetrics ofSpeed(Device device, double peakFlops) {
    return new SpeedMetrics(config, registry, device, peakFlops);
  }

  @Override
  public void checkpointWritten(long atStep) {
    checkpointAt = nanoTime.getAsLong();
  }

  /**
   * Shows how many broken samples are left out of each set.
   *
   * @param counts asked at each scrape
   */
  public void leaveOut(Supplier<List<LeftOut>> counts) {
    GaugeWithCallback.builder()
        .name(MetricNames.BROKEN_SAMPLES)
        .help("Broken samples of a data set that were left out, over all attempts.")
        .labelNames(MetricNames.SET_LABELS.toArray(String[]::new))
        .callback(
            callback -> {
              for (LeftOut set : counts.get()) {
                String[] all = Arrays.copyOf(labels, labels.length + 2);
                all[labels.length] = set.field();
                all[labels.length + 1] = set.dataset();
                callback.call((double) set.samples(), all);
              }
            })
        .register(registry);
  }

  /** Training goes on from a checkpoint. */
  public void restored() {
    checkpointAt = nanoTime.getAsLong();
  }

  /** Shows a final measurement. */
  public void measured(MetricValue value) {
    measured.set(labels, value);
  }
}
