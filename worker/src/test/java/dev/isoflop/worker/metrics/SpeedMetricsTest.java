package dev.isoflop.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import dev.isoflop.api.v1alpha1.status.ProgressReport;
import dev.isoflop.api.v1alpha1.status.TrialProgress;
import dev.isoflop.metric.MetricNames;
import dev.isoflop.trial.TrialConfig;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.trial.TrialKey;
import dev.isoflop.trial.TrialRuntime;
import dev.isoflop.worker.train.StepTime;
import dev.isoflop.worker.train.TrainingCurve;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a scrape shows of a trial whose steps took known times. */
class SpeedMetricsTest {
  private static final double PEAK = 1e9;
  private static final Path PROMTOOL = Path.of("/usr/bin/promtool");

  private static final String EXPERIMENT =
      """
      {"budgetFlops": 1e9, "flopConvention": "SixND", "steps": 1000, "repeat": 0,
       "shape": {"architecture": "InContext", "layers": 2, "width": 16, "headDimension": 8,
                 "patchSize": 2, "imageSize": 8, "channels": 1, "textTokens": 4, "textWidth": 8},
       "data": {"train": {"name": "scenes", "uri": "scenes:solid", "format": "Scenes"},
                "evaluation": [{"name": "scenes", "uri": "scenes:solid", "format": "Scenes"}],
                "imageSize": 8, "channels": 1, "textEncoder": {"tokens": 4, "width": 8}},
       "training": {"batchSize": 4, "activationCheckpointing": true},
       "evaluation": {"samples": 64}}
      """;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final TrialConfig config = config();
  private final TrialMetrics metrics = new TrialMetrics(config, registry, () -> 0);
  private final SpeedMetrics speed = metrics.ofSpeed(Device.cpu(), PEAK);

  private static TrialConfig config() {
    try {
      TrialExperiment experiment = TrialJson.MAPPER.readValue(EXPERIMENT, TrialExperiment.class);
      return new TrialConfig(
          "local",
          "sweep",
          "trial",
          TrialKey.of(experiment),
          experiment,
          new TrialRuntime("folder", null, 0, 1, null));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void step(long step, double seconds, double wait) {
    TrainingCurve.Row row =
        new TrainingCurve.Row(step, 84.0 * step, 1e6 * step, 1, 1, 0.5, 1e-3, seconds * step);
    metrics.stepDone(row, new StepTime(seconds, wait));
    speed.stepDone(row, new StepTime(seconds, wait));
  }

  @Test
  void progressIsThatAfterTheLastStep() {
    assertThat(metrics.progress()).isEqualTo(new ProgressReport("trial", null));
    metrics.checkpointWritten(0);
    assertThat(metrics.progress().progress()).isNull();
    step(1, 0.5, 0);
    step(2, 0.5, 0);
    assertThat(metrics.progress().progress()).isEqualTo(new TrialProgress(2, 0.002, 1.0, 0.0));
  }

  private String scrape() throws Exception {
    try (MetricsServer server = MetricsServer.start(0, registry, metrics::progress)) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/metrics"))
              .build();
      return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  private static double value(String page, String name, String label) {
    List<String> lines =
        page.lines().filter(line -> line.startsWith(name + "{") && line.contains(label)).toList();
    assertThat(lines).as(name + " " + label).hasSize(1);
    String line = lines.get(0);
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }

  @Test
  void utilisationCountsTheModelsProductsWhateverTheConvention() throws Exception {
    for (int i = 1; i <= 10; i++) {
      step(i, 0.02, 0.001);
    }
    double flops = 4 * config.experiment().shape().trainingFlops();

    assertThat(value(scrape(), MetricNames.MODEL_FLOPS_UTILIZATION, ""))
        .isCloseTo(flops / (0.02 * PEAK), within(1e-12));
    assertThat(value(scrape(), MetricNames.PEAK_FLOPS, "")).isEqualTo(PEAK);
  }

  @Test
  void utilisationForgetsOldSteps() throws Exception {
    for (int i = 1; i <= 100; i++) {
      step(i, i <= 50 ? 1 : 0.01, 0);
    }
    double flops = 4 * config.experiment().shape().trainingFlops();

    assertThat(value(scrape(), MetricNames.MODEL_FLOPS_UTILIZATION, ""))
        .isCloseTo(flops / (0.01 * PEAK), within(1e-9));
  }

  @Test
  void showsTheQuantilesOfStepTimeAndTheWaitForData() throws Exception {
    for (int i = 1; i <= 1000; i++) {
      step(i, i / 1000.0, 0.0025);
    }
    String page = scrape();

    assertThat(value(page, MetricNames.STEP_SECONDS, "quantile=\"0.5\"")).isBetween(0.48, 0.52);
    assertThat(value(page, MetricNames.STEP_SECONDS, "quantile=\"0.9\"")).isBetween(0.88, 0.92);
    assertThat(value(page, MetricNames.STEP_SECONDS, "quantile=\"0.99\"")).isBetween(0.98, 1.0);
    assertThat(value(page, MetricNames.STEP_SECONDS + "_count", "")).isEqualTo(1000);
    assertThat(value(page, MetricNames.STEP_SECONDS + "_sum", "")).isCloseTo(500.5, within(1e-6));
    assertThat(value(page, MetricNames.DATA_WAIT, "")).isCloseTo(2.5, within(1e-9));
  }

  @Test
  void showsTheMemoryOfTheProcess() throws Exception {
    assertThat(value(scrape(), MetricNames.RESIDENT_MEMORY, "")).isBetween(3e7, 1e12);
  }

  @Test
  void passesThePrometheusLinter() throws Exception {
    assumeTrue(Files.isExecutable(PROMTOOL), PROMTOOL + " is not installed here");
    step(1, 0.02, 0.001);
    metrics.checkpointWritten(1);
    String page = scrape();
    Process linter =
        new ProcessBuilder(PROMTOOL.toString(), "check", "metrics")
            .redirectErrorStream(true)
            .start();
    linter.getOutputStream().write(page.getBytes(StandardCharsets.UTF_8));
    linter.getOutputStream().close();
    String said = new String(linter.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(linter.waitFor()).as(said).isZero();
    assertThat(said).isEmpty();
  }
}
