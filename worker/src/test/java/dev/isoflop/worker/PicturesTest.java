package dev.isoflop.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.trial.ExitCode;
import dev.isoflop.trial.SampleSheet;
import dev.isoflop.trial.TrialFiles;
import dev.isoflop.trial.TrialJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of trials that worker processes trained. */
@Timeout(300)
class PicturesTest {
  private final Path folder;

  PicturesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private SmallTrial trial(String name, String pictures) {
    return SmallTrial.in(folder.resolve(name))
        .with("\"samples\": 64", "\"samples\": 64, \"pictures\": " + pictures);
  }

  private static void run(SmallTrial trial) throws Exception {
    WorkerProcess worker = trial.run();
    assertThat(worker.exitCode()).as(worker.log()).isEqualTo(ExitCode.DONE.code());
  }

  private static SampleSheet sheet(SmallTrial trial) throws IOException {
    return TrialJson.MAPPER.readValue(
        trial.file(TrialFiles.SAMPLE_SHEET).toFile(), SampleSheet.class);
  }

  @Test
  void areDrawnOnTheWayAndAtTheEndAndChangeNoNumber() throws Exception {
    SmallTrial without = trial("without", "{\"count\": 0}");
    SmallTrial with = trial("with", "{\"count\": 5, \"duringTraining\": 2}");
    run(without);
    run(with);

    assertThat(without.file(TrialFiles.SAMPLE_SHEET)).doesNotExist();
    assertThat(without.file(TrialFiles.SAMPLES)).doesNotExist();
    SampleSheet sheet = sheet(with);
    assertThat(sheet.captions()).hasSize(5).doesNotContain("");
    assertThat(sheet.columns()).isEqualTo(3);
    assertThat(sheet.drawings())
        .containsExactly(
            new SampleSheet.Drawing(10, "samples-10.png"),
            new SampleSheet.Drawing(100, "samples-100.png"),
            new SampleSheet.Drawing(SmallTrial.STEPS, "samples.png"));
    assertThat(Files.readAllBytes(with.file("samples-100.png")))
        .isNotEqualTo(Files.readAllBytes(with.file("samples.png")));
    assertThat(with.curve()).isEqualTo(without.curve());
    assertThat(with.result().metrics()).isEqualTo(without.result().metrics());
  }

  @Test
  void ofAKilledTrialAreThoseOfAnUndisturbedOne() throws Exception {
    String pictures = "{\"count\": 5, \"duringTraining\": 3}";
    SmallTrial undisturbed = trial("undisturbed", pictures);
    run(undisturbed);
    SmallTrial killed = trial("killed", pictures);
    for (long reached : List.of(20L, 300L)) {
      try (WorkerProcess worker = killed.start()) {
        worker.await(() -> killed.newestCheckpoint() >= reached);
        worker.kill();
      }
    }
    run(killed);

    assertThat(sheet(undisturbed).drawings()).isNotEmpty();
    for (SampleSheet.Drawing drawing : sheet(undisturbed).drawings()) {
      assertThat(killed.file(drawing.file()))
          .hasBinaryContent(Files.readAllBytes(undisturbed.file(drawing.file())));
    }
  }
}
