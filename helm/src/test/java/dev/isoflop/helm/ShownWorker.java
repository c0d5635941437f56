package dev.isoflop.helm;

import ai.djl.Device;
import dev.isoflop.metric.Metric;
import dev.isoflop.metric.MetricValue;
import dev.isoflop.trial.TrialConfig;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.trial.TrialKey;
import dev.isoflop.trial.TrialRuntime;
import dev.isoflop.worker.fault.TrialFault;
import dev.isoflop.worker.metrics.MetricsServer;
import dev.isoflop.worker.metrics.SpeedMetrics;
import dev.isoflop.worker.metrics.TrialMetrics;
import dev.isoflop.worker.train.StepTime;
import dev.isoflop.worker.train.TrainingCurve;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;

/** The metrics and the server of a worker, told of made-up steps. */
final class ShownWorker implements AutoCloseable {
  static final String SWEEP = "small";
  static final String TRIAL = "small-1";

  private static final String EXPERIMENT =
      """
      {"budgetFlops": 1e9, "flopConvention": "Analytic", "steps": 100000, "repeat": 0,
       "shape": {"architecture": "InContext", "layers": 2, "width": 16, "headDimension": 8,
                 "patchSize": 2, "imageSize": 8, "channels": 1, "textTokens": 4, "textWidth": 8},
       "data": {"train": {"name": "scenes", "uri": "scenes:solid", "format": "Scenes"},
                "evaluation": [{"name": "scenes", "uri": "scenes:solid", "format": "Scenes"}],
                "imageSize": 8, "channels": 1, "textEncoder": {"tokens": 4, "width": 8}},
       "training": {"batchSize": 4}, "evaluation": {"samples": 64}}
      """;

  private final TrialMetrics metrics;
  private final SpeedMetrics speed;
  private final MetricsServer server;
  private long step;

  private ShownWorker(TrialMetrics metrics, SpeedMetrics speed, MetricsServer server) {
    this.metrics = metrics;
    this.speed = speed;
    this.server = server;
  }

  static ShownWorker start(String namespace) throws IOException, TrialFault {
    TrialExperiment experiment = TrialJson.MAPPER.readValue(EXPERIMENT, TrialExperiment.class);
    PrometheusRegistry registry = new PrometheusRegistry();
    TrialMetrics metrics =
        new TrialMetrics(
            new TrialConfig(
                namespace,
                SWEEP,
                TRIAL,
                TrialKey.of(experiment),
                experiment,
                new TrialRuntime("folder", null, 0, 1, null)),
            registry,
            System::nanoTime);
    SpeedMetrics speed = metrics.ofSpeed(Device.cpu(), 1e12);
    ShownWorker worker =
        new ShownWorker(metrics, speed, MetricsServer.start(0, registry, metrics::progress));
    metrics.checkpointWritten(0);
    for (Metric metric : new Metric[] {Metric.ValidationLoss, Metric.VLB, Metric.Likelihood}) {
      metrics.measured(new MetricValue(metric, "scenes", 0.5, null, 64, null));
    }
    return worker;
  }

  int port() {
    return server.port();
  }

  /** Another step is done. */
  void step() {
    step++;
    TrainingCurve.Row row =
        new TrainingCurve.Row(step, step * 80.0, step * 1e6, 0.9, 0.8, 0.1, 1e-3, step * 0.1);
    StepTime time = new StepTime(0.1, 0.01);
    metrics.stepDone(row, time);
    speed.stepDone(row, time);
  }

  @Override
  public void close() {
    server.close();
  }
}
