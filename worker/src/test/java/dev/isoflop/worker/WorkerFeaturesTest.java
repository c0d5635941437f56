package dev.isoflop.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.metric.Metric;
import dev.isoflop.metric.MetricValue;
import dev.isoflop.trial.ExitCode;
import dev.isoflop.trial.TrialFiles;
import dev.isoflop.worker.evaluate.features.TestExtractors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Worker processes that measure distances of features. */
@Timeout(120)
class WorkerFeaturesTest {
  @TempDir private Path folder;
  private Path network;

  @BeforeEach
  void write() throws IOException {
    network = TestExtractors.inception(folder.resolve("network.pt"));
  }

  private SmallTrial trial(String name, String sha256) {
    return SmallTrial.in(folder.resolve(name))
        .with("\"steps\": 1000", "\"steps\": 20")
        .with(
            "\"evaluation\": {\"samples\": 64}",
            """
            "evaluation": {"samples": 64, "sampler": {"steps": 4},
              "metrics": ["ValidationLoss", "FID", "KID"],
              "featureExtractor": {"uri": "%s", "sha256": "%s"}}
            """
                .formatted(network, sha256));
  }

  @Test
  void theResultHoldsTheDistancesAndTellsHowTheyWereMeasured() throws Exception {
    SmallTrial trial = trial("trial", TestExtractors.sha256(network));

    WorkerProcess worker = trial.run();

    assertThat(worker.exitCode()).as(worker.log()).isEqualTo(ExitCode.DONE.code());
    List<MetricValue> metrics = trial.result().metrics();
    assertThat(metrics)
        .extracting(MetricValue::metric)
        .containsExactly(Metric.ValidationLoss, Metric.FID, Metric.KID);
    MetricValue fid = metrics.get(1);
    assertThat(fid.value()).isPositive();
    assertThat(fid.standardError()).isPositive();
    assertThat(fid.samples()).isEqualTo(64);
    assertThat(Files.readString(trial.file(TrialFiles.MEASUREMENTS)))
        .contains(Objects.requireNonNull(fid.provenance()))
        .contains("\"layer\" : \"forward with return_features\"");
    assertThat(trial.file("samples.features")).doesNotExist();
  }

  @Test
  void anotherFileThanTheManifestMeansIsRefusedBeforeTraining() throws Exception {
    SmallTrial trial = trial("refused", "a".repeat(64));

    WorkerProcess worker = trial.run();

    assertThat(worker.exitCode()).isEqualTo(ExitCode.GIVE_UP.code());
    assertThat(worker.log())
        .contains("evaluation.featureExtractor.sha256")
        .doesNotContain("step 1/");
    assertThat(trial.file(TrialFiles.CURVE)).doesNotExist();
  }
}
