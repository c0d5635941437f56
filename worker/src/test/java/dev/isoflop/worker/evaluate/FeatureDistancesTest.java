package dev.isoflop.worker.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.engine.PtNDManager;
import dev.isoflop.api.v1alpha1.data.FeatureExtractorSpec;
import dev.isoflop.api.v1alpha1.data.PixelScale;
import dev.isoflop.metric.Metric;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.worker.data.ValueKind;
import dev.isoflop.worker.data.open.DataSources;
import dev.isoflop.worker.evaluate.features.FeatureFile;
import dev.isoflop.worker.evaluate.features.TestExtractors;
import dev.isoflop.worker.evaluate.features.TorchScriptExtractor;
import dev.isoflop.worker.model.AnalyticFlow;
import dev.isoflop.worker.model.AnalyticFlow.Gaussian;
import dev.isoflop.worker.torch.TorchRuntime;
import dev.isoflop.worker.train.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Distances of independent Gaussian pixels, where the features are four of the pixels. */
class FeatureDistancesTest {
  private static final int EXAMPLES = 3000;
  private static final int D = 4;
  private static final GaussianImages REAL = new GaussianImages(ValueKind.PIXELS, -0.1, 0.1, 0);
  private static final Gaussian GENERATED = Gaussian.of(0.1, 0.2);

  @TempDir private Path folder;
  private final PtNDManager manager = TorchRuntime.start(1).newManager();
  private FeatureExtractorSpec extractor;

  @BeforeEach
  void write() throws IOException {
    Path file = TestExtractors.plain(folder.resolve("four.pt"), "img[:, 1, 3, :4]");
    extractor = TestExtractors.spec(file, PixelScale.Signed);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private FeatureDistances metric(
      AnalyticFlow flow, int examples, List<Metric> metrics, StopSignal stop) throws IOException {
    TrialExperiment experiment =
        SmallExperiment.with(
            """
            {"samples": %d, "metrics": %s, "sampler": {"type": "Heun", "steps": 20},
             "featureExtractor": %s}
            """
                .formatted(
                    examples,
                    TrialJson.MAPPER.writeValueAsString(metrics),
                    TrialJson.MAPPER.writeValueAsString(extractor)));
    return new FeatureDistances(experiment, flow.model, place(), stop);
  }

  private EvaluationPlace place() {
    return new EvaluationPlace(manager, folder, folder.resolve("cache"));
  }

  private List<Reading> measure(int examples, Metric... metrics) throws Exception {
    try (AnalyticFlow flow = AnalyticFlow.of(GENERATED)) {
      return metric(flow, examples, List.of(metrics), () -> false)
          .measure(flow.state, REAL, SmallExperiment.data(REAL))
          .orElseThrow();
    }
  }

  /** Of independent features with means a and b and deviations s and t. */
  private static double kernelMean(double a, double s, double b, double t) {
    double first = a * b;
    double second = (a * a + s * s) * (b * b + t * t);
    double third = (a * a * a + 3 * a * s * s) * (b * b * b + 3 * b * t * t);
    double square = (second + (D - 1) * first * first) / D;
    double cube =
        (third + 3 * (D - 1) * second * first + (D - 1) * (D - 2) * first * first * first)
            / (D * D);
    return 1 + 3 * first + 3 * square + cube;
  }

  @Test
  void reachTheirClosedForms() throws Exception {
    List<Reading> readings = measure(EXAMPLES, Metric.FID, Metric.KernelDistance);

    assertThat(readings)
        .extracting(Reading::metric)
        .containsExactly(Metric.FID, Metric.KernelDistance);
    Measurement frechet = readings.get(0).measurement();
    assertThat(frechet.examples()).isEqualTo(EXAMPLES);
    assertThat(frechet.standardError()).isBetween(1e-4, 0.01);
    assertThat(frechet.value()) // D times the squared differences of means and of deviations
        .isCloseTo(D * (0.2 * 0.2 + 0.1 * 0.1), within(4 * frechet.standardError() + 1e-3));
    Measurement kernel = readings.get(1).measurement();
    double expected =
        kernelMean(-0.1, 0.1, -0.1, 0.1)
            + kernelMean(0.1, 0.2, 0.1, 0.2)
            - 2 * kernelMean(-0.1, 0.1, 0.1, 0.2);
    assertThat(kernel.value()).isCloseTo(expected, within(4 * kernel.standardError() + 1e-3));
    assertThat(kernel.standardError()).isBetween(1e-4, 0.1 * expected);
  }

  @Test
  void namesOfOneDistanceCarryOneNumber() throws Exception {
    List<Reading> readings =
        measure(60, Metric.KID, Metric.FrechetDistance, Metric.FID, Metric.KernelDistance);

    assertThat(readings)
        .extracting(Reading::metric)
        .containsExactly(Metric.FID, Metric.FrechetDistance, Metric.KID, Metric.KernelDistance);
    assertThat(readings.get(0).measurement()).isEqualTo(readings.get(1).measurement());
    assertThat(readings.get(2).measurement()).isEqualTo(readings.get(3).measurement());
  }

  @Test
  void theRecordTellsAllThatDecidesTheNumber() throws Exception {
    MeasurementRecord record = measure(30, Metric.FrechetDistance).get(0).record();

    assertThat(record.entries())
        .containsEntry("extractor", "sha256:" + extractor.sha256())
        .containsEntry("layer", "forward")
        .containsEntry("resize", "inside")
        .containsEntry("scale", "Signed")
        .containsEntry("features", "4")
        .containsEntry("examples", "30")
        .containsEntry("ddof", "1")
        .containsEntry("data", REAL.digest())
        .containsEntry("pixels", "clamped, 8 bits")
        .containsEntry(
            "bias",
            "of Frechet distances: upwards, of order 1/N; N is below 10 D, so that it may be most"
                + " of the value")
        .containsKeys("sampler", "weights", "textEncoder", "imageShape");
    assertThat(measure(40, Metric.FrechetDistance).get(0).record().entries())
        .containsEntry("bias", "of Frechet distances: upwards, of order 1/N; N is 10 D or more");
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      return files.filter(file -> file.toString().endsWith(".f32")).toList();
    }
  }

  @Test
  void trialsShareTheFeaturesOfTheSet() throws Exception {
    List<Reading> first = measure(30, Metric.FrechetDistance);
    assertThat(kept()).hasSize(1);
    FileTime then = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(kept().get(0), then);

    assertThat(measure(30, Metric.FrechetDistance)).isEqualTo(first);
    assertThat(kept()).hasSize(1);
    assertThat(Files.getLastModifiedTime(kept().get(0))).isEqualTo(then);

    measure(31, Metric.FrechetDistance);
    assertThat(kept()).hasSize(2); // another number of examples is another set
  }

  @Test
  void keptFeaturesOfWhichABitIsAnotherAreComputedAgain() throws Exception {
    List<Reading> first = measure(30, Metric.FrechetDistance);
    Path file = kept().get(0);
    byte[] whole = Files.readAllBytes(file);
    byte[] changed = whole.clone();
    changed[5] ^= 64;
    Files.write(file, changed);

    assertThat(measure(30, Metric.FrechetDistance)).isEqualTo(first);
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
  }

  @Test
  void workersThatNeedThemAtOnceComputeThemOnce() throws Exception {
    DataSources data = SmallExperiment.data(REAL);
    RealFeatures features = new RealFeatures(place(), () -> false);
    List<Callable<Integer>> workers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      workers.add(
          () -> {
            try (TorchScriptExtractor own = TorchScriptExtractor.open(manager, extractor)) {
              try (FeatureFile file =
                  features.of(new EvaluationSet(REAL, data, 500), own, 50).orElseThrow()) {
                return file.count();
              }
            }
          });
    }
    ExecutorService pool = Executors.newFixedThreadPool(workers.size());
    try {
      for (Future<Integer> worker : pool.invokeAll(workers)) {
        assertThat(worker.get()).isEqualTo(500);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(kept()).hasSize(1);
  }

  @Test
  void aStopLeavesNothingHalfDone() throws Exception {
    try (AnalyticFlow flow = AnalyticFlow.of(GENERATED)) {
      FeatureDistances metric = metric(flow, 30, List.of(Metric.FrechetDistance), () -> true);

      assertThat(metric.rehearse(SmallExperiment.data(REAL))).isFalse();
      assertThat(metric.measure(flow.state, REAL, SmallExperiment.data(REAL))).isEmpty();
    }
    assertThat(kept()).isEmpty();
    assertThat(folder.resolve("samples.features")).doesNotExist();
  }
}
