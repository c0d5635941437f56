package dev.isoflop.worker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isoflop.api.v1alpha1.status.ProgressReport;
import dev.isoflop.api.v1alpha1.status.TrialProgress;
import dev.isoflop.metric.Metric;
import dev.isoflop.metric.MetricNames;
import dev.isoflop.metric.MetricValue;
import dev.isoflop.trial.ExitCode;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialFiles;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.trial.TrialResult;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Worker processes that really train, ended in every way; whatever happened to a trial, its numbers
 * are those of one that nothing happened to.
 */
@Timeout(300)
class WorkerProcessTest {
  private static final String UNFINISHED = ".unfinished";

  private static SmallTrial undisturbed;
  private static WorkerProcess undisturbedWorker;
  private static String scraped = "";
  private static String progress = "";
  private static String health = "";

  private final SmallTrial trial;

  WorkerProcessTest(@TempDir Path folder) {
    trial = SmallTrial.in(folder.resolve("trial"));
  }

  @BeforeAll
  static void trainsUndisturbed(@TempDir Path folder) throws Exception {
    undisturbed = SmallTrial.in(folder);
    try (WorkerProcess worker = undisturbed.start()) {
      undisturbedWorker = worker;
      worker.await(() -> Files.exists(undisturbed.file(TrialFiles.METRICS_PORT)));
      String port = Files.readString(undisturbed.file(TrialFiles.METRICS_PORT)).strip();
      worker.await(
          () -> {
            scraped = get(port, "/metrics");
            return scraped.contains(MetricNames.CHECKPOINT_AGE + "{");
          });
      progress = get(port, ProgressReport.PATH);
      health = get(port, "/healthz");
      worker.awaitEnd();
    }
  }

  private static String get(String port, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .timeout(Duration.ofSeconds(10))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static void assertUndisturbedNumbers(SmallTrial other) throws IOException {
    assertThat(timeless(other.result())).isEqualTo(timeless(undisturbed.result()));
    assertThat(other.curve()).isEqualTo(undisturbed.curve());
  }

  /** All of a result but how long it took and what its experiment's key is. */
  private static ObjectNode timeless(TrialResult result) {
    ObjectNode tree = TrialJson.MAPPER.valueToTree(result);
    tree.remove(List.of("trainingSeconds", "evaluationSeconds", "modelFlopsUtilization", "key"));
    return tree;
  }

  @Test
  void aTrialThatIsDoneLeavesItsResultInBothPlacesAndItsWholeCurve() throws Exception {
    assertThat(undisturbedWorker.exitCode()).isEqualTo(ExitCode.DONE.code());
    TrialResult result = undisturbed.result();
    assertThat(result.outcome().type()).isEqualTo(OutcomeType.Succeeded);
    assertThat(result.steps()).isEqualTo(SmallTrial.STEPS);
    assertThat(result.modelFlopsUtilization()).isBetween(1e-4, 1.5);
    assertThat(result.metrics()).hasSize(1);
    assertThat(result.metrics().get(0).value()).isBetween(0.0, 1.0);
    assertThat(undisturbed.terminationMessage()).isEqualTo(result);
    assertThat(undisturbed.terminationMessageBytes()).isLessThan(4096);
    assertThat(undisturbed.curve()).hasSize(1 + SmallTrial.STEPS);
    assertThat(undisturbed.newestCheckpoint()).isEqualTo(SmallTrial.STEPS);
  }

  @Test
  void measuresBoundAndLikelihoodInBitsOfTheSamePictures() throws Exception {
    SmallTrial measured =
        trial.with(
            "\"evaluation\": {\"samples\": 64}",
            "\"evaluation\": {\"samples\": 64, \"weights\": \"Raw\", \"metrics\": [\"Likelihood\","
                + " \"ValidationLoss\", \"VLB\"]}");
    WorkerProcess worker = measured.run();

    assertThat(worker.exitCode()).as(worker.log()).isEqualTo(ExitCode.DONE.code());
    TrialResult result = measured.result();
    assertThat(result.metrics())
        .extracting(MetricValue::metric)
        .containsExactly(Metric.ValidationLoss, Metric.VLB, Metric.Likelihood);
    MetricValue bound = result.metrics().get(1);
    MetricValue likelihood = result.metrics().get(2);
    assertThat(bound.value()).isBetween(1.0, 10.0); // 8 bits is what the pixels are stored in
    assertThat(likelihood.value()).isBetween(1.0, 10.0);
    assertThat(bound.standardError()).isBetween(0.0, 0.3);
    assertThat(likelihood.standardError()).isBetween(0.0, 0.3);
    assertThat(
            TrialJson.MAPPER
                .readTree(measured.file(TrialFiles.MEASUREMENTS).toFile())
                .get(likelihood.provenance())
                .get("solver")
                .asText())
        .isEqualTo("Midpoint");
  }

  /** Eight sets and three metrics are more than 4096 bytes of JSON. */
  @Test
  void tellsOfManyMeasurementsInWhatTheKubeletKeeps() throws Exception {
    String set = "{\"name\": \"%s\", \"uri\": \"scenes:solid\", \"format\": \"Scenes\"}";
    SmallTrial measured =
        trial
            .with(
                "\"evaluation\": [" + set.formatted("scenes"),
                "\"evaluation\": ["
                    + IntStream.range(0, 8)
                        .mapToObj(i -> set.formatted("scenes-" + i))
                        .collect(Collectors.joining(", ")))
            .with("\"steps\": 1000", "\"steps\": 2")
            .with(
                "\"evaluation\": {\"samples\": 64}",
                "\"evaluation\": {\"samples\": 2, \"metrics\": [\"Likelihood\","
                    + " \"ValidationLoss\", \"VLB\"], \"likelihood\": {\"steps\": 2}}");
    WorkerProcess worker = measured.run();

    assertThat(worker.exitCode()).as(worker.log()).isEqualTo(ExitCode.DONE.code());
    assertThat(measured.result().metrics()).hasSize(24);
    assertThat(TrialJson.MAPPER.writeValueAsBytes(measured.result())).hasSizeGreaterThan(4096);
    assertThat(measured.terminationMessageBytes()).isLessThanOrEqualTo(4096);
    assertThat(measured.terminationMessage()).isEqualTo(measured.result());
  }

  @Test
  void tellsHowItsMetricsWereMeasured() throws Exception {
    JsonNode records =
        TrialJson.MAPPER.readTree(undisturbed.file(TrialFiles.MEASUREMENTS).toFile());
    MetricValue value = undisturbed.result().metrics().get(0);
    assertThat(records.get(value.provenance()).get("method").asText())
        .isEqualTo("validation loss 2");
    assertThat(records.get(value.provenance()).get("examples").asInt()).isEqualTo(64);
  }

  @Test
  void metricsAreServedWhileItTrains() {
    assertThat(scraped.lines())
        .contains(
            "# TYPE isoflop_train_loss gauge",
            "# TYPE isoflop_gradient_norm gauge",
            "# TYPE isoflop_step gauge",
            "# TYPE isoflop_progress_ratio gauge",
            "# TYPE isoflop_checkpoint_age_seconds gauge",
            "# TYPE isoflop_step_seconds summary",
            "# TYPE isoflop_data_wait_seconds_total counter",
            "# TYPE isoflop_model_flops_utilization_ratio gauge",
            "# TYPE isoflop_peak_flops_per_second gauge",
            "# TYPE isoflop_resident_memory_bytes gauge",
            "# TYPE isoflop_tokens_total counter",
            "# TYPE isoflop_samples_total counter",
            "# TYPE isoflop_flops_total counter")
        .anyMatch(
            line ->
                line.startsWith("isoflop_step{")
                    && line.contains("namespace=\"local\"")
                    && line.contains("sweep=\"small\"")
                    && line.contains("trial=\"" + SmallTrial.TRIAL + "\"")
                    && line.contains("budget=\"1.0E9\""));
    assertThat(health).isEqualTo("ok\n");
  }

  @Test
  void progressIsServedWhileItTrains() throws IOException {
    ProgressReport report = TrialJson.OF_WORKER.readValue(progress, ProgressReport.class);
    assertThat(report.trial()).isEqualTo(SmallTrial.TRIAL);
    TrialProgress told = requireNonNull(report.progress());
    assertThat(told.step()).isBetween(1L, (long) SmallTrial.STEPS);
    assertThat(told.ratio()).isEqualTo((double) told.step() / SmallTrial.STEPS);
    assertThat(told.trainLoss()).isPositive();
    assertThat(told.checkpointAgeSeconds()).isNotNegative();
  }

  @Test
  void aFinishedTrialIsNotTrainedAgain() throws Exception {
    copy(undisturbed.folder, trial.folder);

    WorkerProcess worker = trial.run();

    assertThat(worker.exitCode()).isEqualTo(ExitCode.DONE.code());
    assertThat(worker.log()).contains("already finished").doesNotContain("step ");
    assertThat(trial.result()).isEqualTo(undisturbed.result());
    assertThat(trial.terminationMessage()).isEqualTo(undisturbed.result());
  }

  @Test
  void onSigtermItWritesACheckpointAndGoesOnFromThereBitForBit() throws Exception {
    SmallTrial rarelySaved = trial.with("PT0.02S", "PT1H");
    try (WorkerProcess worker = rarelySaved.start()) {
      worker.await(() -> Files.exists(rarelySaved.file(TrialFiles.METRICS_PORT)));
      String port = Files.readString(rarelySaved.file(TrialFiles.METRICS_PORT)).strip();
      worker.await(() -> get(port, "/metrics").contains(MetricNames.STEP + "{"));
      worker.terminate();
      worker.awaitEnd();

      assertThat(worker.exitCode()).as(worker.log()).isEqualTo(ExitCode.STOPPED.code());
      assertThat(worker.log()).contains("stopped; start again to go on from the checkpoint");
    }
    assertThat(rarelySaved.file(TrialFiles.RESULT)).doesNotExist();
    long stoppedAt = rarelySaved.newestCheckpoint();
    assertThat(stoppedAt).isBetween(1L, SmallTrial.STEPS - 1L);
    assertThat(rarelySaved.curve()).hasSize((int) (1 + stoppedAt));

    WorkerProcess resumed = rarelySaved.run();

    assertThat(resumed.log()).contains("resumed from the checkpoint at step " + stoppedAt);
    assertUndisturbedNumbers(rarelySaved);
  }

  /** The checkpoint goes into a pipe, so the worker is surely in the middle of writing it. */
  @Test
  void killedInTheMiddleOfWritingACheckpointItGoesOnFromTheOneBefore() throws Exception {
    Path unfinished = Path.of(trial.checkpoint(SmallTrial.STEPS) + UNFINISHED);
    Files.createDirectories(unfinished.getParent());
    assertThat(new ProcessBuilder("mkfifo", unfinished.toString()).start().waitFor()).isZero();
    byte[] written;
    try (WorkerProcess worker = trial.start();
        InputStream pipe = Files.newInputStream(unfinished)) {
      written = pipe.readNBytes(1000);
      worker.kill();
    }
    Files.delete(unfinished);
    Files.write(unfinished, written);
    long before = trial.newestCheckpoint();
    assertThat(before).isBetween(1L, SmallTrial.STEPS - 1L);

    WorkerProcess resumed = trial.run();

    assertThat(resumed.log()).contains("resumed from the checkpoint at step " + before);
    assertThat(unfinished).doesNotExist();
    assertUndisturbedNumbers(trial);
  }

  @Test
  void onAFullDiskItKeepsWhatItHasAndGoesOnWhenThereIsRoom() throws Exception {
    Path checkpoint = trial.checkpoint(SmallTrial.STEPS);
    Files.createDirectories(checkpoint.getParent());
    FullDisk.at(Path.of(checkpoint + UNFINISHED));

    assertDiskFull(trial.run(), "writing checkpoint " + checkpoint);
    long before = trial.newestCheckpoint();
    assertThat(before).isBetween(1L, SmallTrial.STEPS - 1L);

    Path result = trial.file(TrialFiles.RESULT);
    FullDisk.at(Path.of(result + UNFINISHED));
    WorkerProcess measured = trial.run();
    assertDiskFull(measured, "writing " + result);
    assertThat(measured.log()).contains("resumed from the checkpoint at step " + before);

    WorkerProcess last = trial.run();
    assertThat(last.exitCode()).as(last.log()).isEqualTo(ExitCode.DONE.code());
    assertThat(last.log()).contains("resumed from the checkpoint at step " + SmallTrial.STEPS);
    assertUndisturbedNumbers(trial);
  }

  private void assertDiskFull(WorkerProcess worker, String doing) throws IOException {
    assertThat(worker.exitCode()).as(worker.log()).isEqualTo(ExitCode.STORAGE.code());
    assertThat(worker.errors())
        .singleElement()
        .asString()
        .contains(doing, "the disk is full", "free some space or enlarge the volume");
    assertThat(trial.terminationMessage().outcome().reason()).isEqualTo(OutcomeReason.DiskFull);
    assertThat(trial.file(TrialFiles.RESULT)).doesNotExist();
  }

  @Test
  void aDamagedNewestCheckpointIsPassedOverForTheOneBefore() throws Exception {
    copy(undisturbed.file(TrialFiles.CHECKPOINT), trial.file(TrialFiles.CHECKPOINT));
    Files.copy(undisturbed.file(TrialFiles.CURVE), trial.file(TrialFiles.CURVE));
    Path newest = trial.checkpoint(SmallTrial.STEPS);
    byte[] bytes = Files.readAllBytes(newest);
    Files.write(newest, Arrays.copyOf(bytes, bytes.length / 2));
    long before = trial.checkpoints().get(0);

    WorkerProcess worker = trial.run();

    assertThat(worker.exitCode()).as(worker.log()).isEqualTo(ExitCode.DONE.code());
    assertThat(worker.log())
        .contains(newest + " is damaged: it is cut short; trying the one before it")
        .contains("resumed from the checkpoint at step " + before);
    assertUndisturbedNumbers(trial);
  }

  @Test
  void withoutOneReadableCheckpointItGivesUpAndTouchesNone() throws Exception {
    Files.createDirectories(trial.file(TrialFiles.CHECKPOINT));
    byte[] garbage = "what is this".getBytes(StandardCharsets.US_ASCII);
    Files.write(trial.checkpoint(10), garbage);
    Files.write(trial.checkpoint(20), garbage);

    WorkerProcess worker = trial.run();

    assertThat(worker.exitCode()).isEqualTo(ExitCode.GIVE_UP.code());
    assertThat(worker.errors())
        .containsExactly(
            "error: no checkpoint in %s can be read; remove that folder to train the trial from its"
                    .formatted(trial.file(TrialFiles.CHECKPOINT))
                + " start");
    assertThat(trial.result().outcome().reason()).isEqualTo(OutcomeReason.BadCheckpoint);
    assertThat(trial.checkpoints()).containsExactly(10L, 20L);
    assertThat(trial.checkpoint(20)).hasBinaryContent(garbage);
  }

  @Test
  void anotherExperimentsCheckpointsAreRefused() throws Exception {
    copy(undisturbed.file(TrialFiles.CHECKPOINT), trial.file(TrialFiles.CHECKPOINT));
    SmallTrial other = trial.with("3e-3", "4e-3");

    WorkerProcess worker = other.run();

    assertThat(worker.exitCode()).isEqualTo(ExitCode.GIVE_UP.code());
    assertThat(worker.errors())
        .singleElement()
        .asString()
        .contains(
            other.checkpoint(SmallTrial.STEPS).toString(),
            undisturbed.config().key(),
            other.config().key(),
            "give the trial a folder of its own, or remove that one");
    assertThat(other.result().outcome().reason()).isEqualTo(OutcomeReason.BadCheckpoint);
    assertThat(other.newestCheckpoint()).isEqualTo(SmallTrial.STEPS);
  }

  @Test
  void anotherExperimentsResultIsNotOverwritten() throws Exception {
    copy(undisturbed.folder, trial.folder);
    SmallTrial other = trial.with("3e-3", "4e-3");

    WorkerProcess worker = other.run();

    assertThat(worker.exitCode()).isEqualTo(ExitCode.GIVE_UP.code());
    assertThat(worker.errors())
        .singleElement()
        .asString()
        .contains("runtime.folder", other.folder.toString(), undisturbed.config().key());
    assertThat(other.result()).isEqualTo(undisturbed.result());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
