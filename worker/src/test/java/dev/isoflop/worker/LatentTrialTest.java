package dev.isoflop.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.trial.ExitCode;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.worker.data.Fixtures;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Worker processes on stored latents, drawn anew in each of hundreds of passes. */
@Timeout(120)
class LatentTrialTest {
  private static final String SCENES =
      "{\"name\": \"scenes\", \"uri\": \"scenes:solid\", \"format\": \"Scenes\"}";

  @Test
  void aTrialOnLatentsThatWasKilledHasTheNumbersOfOneThatWasNot(@TempDir Path folder)
      throws Exception {
    SmallTrial undisturbed = onLatents(folder.resolve("undisturbed"), "Float32");
    assertThat(undisturbed.run().exitCode()).isEqualTo(ExitCode.DONE.code());
    assertThat(undisturbed.result().outcome().type()).isEqualTo(OutcomeType.Succeeded);

    SmallTrial killed = onLatents(folder.resolve("killed"), "Float32");
    try (WorkerProcess worker = killed.start()) {
      worker.await(() -> killed.newestCheckpoint() >= 100);
      worker.kill();
    }
    assertThat(killed.run().log()).contains("resumed from the checkpoint at step");
    assertThat(killed.curve()).isEqualTo(undisturbed.curve());
    assertThat(killed.result().metrics()).isEqualTo(undisturbed.result().metrics());
  }

  @Test
  void latentsOfAnotherTypeEndItBeforeTraining(@TempDir Path folder) throws Exception {
    SmallTrial bad = onLatents(folder.resolve("trial"), "Float16");

    WorkerProcess worker = bad.run();
    assertThat(worker.exitCode()).isEqualTo(ExitCode.GIVE_UP.code());
    assertThat(worker.errors())
        .singleElement()
        .asString()
        .contains("holds latents [8, 4, 4] of float32, but latents.dtype is Float16");
  }

  private static SmallTrial onLatents(Path folder, String type) {
    return SmallTrial.in(folder)
        .with("\"train\": " + SCENES, "\"train\": " + set("edm2.zip", type))
        .with("\"evaluation\": [" + SCENES, "\"evaluation\": [" + set("edm2", type))
        .with(
            "\"imageSize\": 8, \"channels\": 1, \"textTokens",
            "\"imageSize\": 4, \"channels\": 4, \"textTokens")
        .with(
            "\"imageSize\": 8, \"channels\": 1, \"textEnc",
            "\"imageSize\": 4, \"channels\": 4, \"textEnc")
        .with("\"samples\": 64", "\"samples\": 6");
  }

  private static String set(String name, String type) {
    return """
    {"name": "latents", "uri": "%s", "format": "Npy",
     "latents": {"kind": "MeanStd", "scaled": false, "scaleFactor": 0.5, "dtype": "%s",
                 "autoencoder": "vae"}}
    """
        .formatted(Fixtures.path("npy/" + name), type);
  }
}
