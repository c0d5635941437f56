package dev.isoflop.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.metric.MetricValue;
import dev.isoflop.trial.ExitCode;
import dev.isoflop.worker.data.autoencoder.EncodedDatasetTest;
import dev.isoflop.worker.data.text.TorchScriptCaptionModelTest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole trial on the latents of an autoencoder, with captions from a text encoder. */
final class EncodedTrialTest {
  private static final String TEXT = "\"textEncoder\": {\"tokens\": 4, \"width\": 8}";

  @Test
  void trainsAndIsMeasuredOnLatents(@TempDir Path folder) throws Exception {
    Path codec = PinnedFiles.copy(EncodedDatasetTest.class, "codec.pt", folder);
    Path encoder = PinnedFiles.copy(TorchScriptCaptionModelTest.class, "encoder.pt", folder);
    PinnedFiles.copy(TorchScriptCaptionModelTest.class, "tokenizer.json", folder);
    SmallTrial trial =
        SmallTrial.in(folder.resolve("trial"))
            .with("\"steps\": 1000", "\"steps\": 20")
            .with("\"channels\": 1", "\"channels\": 12")
            .with("\"textTokens\": 4, \"textWidth\": 8", "\"textTokens\": 6, \"textWidth\": 3")
            .with(
                TEXT,
                """
                "textEncoder": {"type": "TorchScript", "tokens": 6, "width": 3,
                                "uri": "%s", "sha256": "%s"},
                "autoencoder": {"type": "TorchScript", "uri": "%s", "sha256": "%s",
                                "downsampling": 2, "scaleFactor": 0.5}\
                """
                    .formatted(
                        encoder, PinnedFiles.sha256(encoder), codec, PinnedFiles.sha256(codec)));

    WorkerProcess worker = trial.run();

    assertThat(worker.exitCode()).as(worker.log()).isEqualTo(ExitCode.DONE.code());
    MetricValue loss = trial.result().metrics().get(0);
    assertThat(loss.value()).isBetween(0.0, 2.0);
    assertThat(Files.isDirectory(trial.file("cache").resolve("features"))).isTrue();
  }

  @Test
  void endsWithTheFieldWhenTheFileIsAnother(@TempDir Path folder) throws Exception {
    Path encoder = PinnedFiles.copy(TorchScriptCaptionModelTest.class, "encoder.pt", folder);
    PinnedFiles.copy(TorchScriptCaptionModelTest.class, "tokenizer.json", folder);
    SmallTrial trial =
        SmallTrial.in(folder.resolve("trial"))
            .with(
                TEXT,
                """
                "textEncoder": {"type": "TorchScript", "tokens": 4, "width": 8,
                                "uri": "%s", "sha256": "%s"}\
                """
                    .formatted(encoder, "0".repeat(64)));

    WorkerProcess worker = trial.run();

    assertThat(worker.exitCode()).isEqualTo(ExitCode.GIVE_UP.code());
    assertThat(trial.result().outcome().message())
        .startsWith("data.textEncoder.sha256: '" + encoder + "' has the digest ");
  }
}
