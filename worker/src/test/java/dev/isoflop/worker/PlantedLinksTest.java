package dev.isoflop.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.trial.ExitCode;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.TrialFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A trial's folder on a claim that others may write to, with symbolic links in place of what a
 * worker reads and writes there.
 */
final class PlantedLinksTest {
  private static final String UNFINISHED = ".unfinished";

  @TempDir Path claim = Path.of("");
  private Path elsewhere = Path.of("");
  private Path victim = Path.of("");

  @BeforeEach
  void makeVictim() throws IOException {
    elsewhere = Files.createDirectories(claim.resolve("other/trial"));
    victim = Files.writeString(elsewhere.resolve("victim"), "untouched");
  }

  private SmallTrial trial() throws IOException {
    Files.createDirectories(claim.resolve("own/trial"));
    return SmallTrial.in(claim.resolve("own/trial")).with("\"steps\": 1000", "\"steps\": 10");
  }

  private void assertNothingHappenedElsewhere() throws IOException {
    assertThat(victim).hasContent("untouched");
    try (Stream<Path> files = Files.list(elsewhere)) {
      assertThat(files).containsExactly(victim);
    }
  }

  @Test
  void whatIsReplacedIsReplacedAndNotWrittenThrough() throws Exception {
    SmallTrial trial = trial();
    List<String> replaced =
        List.of(
            TrialFiles.RESULT + UNFINISHED,
            TrialFiles.METRICS_PORT,
            TrialFiles.METRICS_PORT + UNFINISHED,
            TrialFiles.MEASUREMENTS,
            TrialFiles.SAMPLE_SHEET,
            TrialFiles.SAMPLES,
            TrialFiles.SAMPLES + UNFINISHED);
    for (String name : replaced) {
      Files.createSymbolicLink(trial.file(name), victim);
    }

    WorkerProcess worker = trial.run();

    assertThat(worker.exitCode()).as(worker.log()).isEqualTo(ExitCode.DONE.code());
    assertThat(trial.file(TrialFiles.MEASUREMENTS)).isRegularFile();
    assertThat(Files.isSymbolicLink(trial.file(TrialFiles.MEASUREMENTS))).isFalse();
    assertNothingHappenedElsewhere();
  }

  @ParameterizedTest
  @ValueSource(strings = {TrialFiles.LOCK, TrialFiles.RESULT, TrialFiles.CURVE})
  void whatIsReadOrContinuedIsRefused(String name) throws Exception {
    SmallTrial trial = trial();
    Files.createSymbolicLink(trial.file(name), victim);

    WorkerProcess worker = trial.run();

    assertRefused(trial, worker, name);
  }

  @Test
  void checkpointsGoToNoOtherFolder() throws Exception {
    SmallTrial trial = trial();
    Files.createSymbolicLink(trial.file(TrialFiles.CHECKPOINT), elsewhere);

    WorkerProcess worker = trial.run();

    assertRefused(trial, worker, TrialFiles.CHECKPOINT);
  }

  private void assertRefused(SmallTrial trial, WorkerProcess worker, String name)
      throws IOException {
    assertThat(worker.exitCode()).as(worker.log()).isEqualTo(ExitCode.STORAGE.code());
    assertThat(trial.terminationMessage().outcome().reason())
        .isEqualTo(OutcomeReason.FolderNotWritable);
    assertThat(trial.terminationMessage().outcome().message())
        .contains(trial.file(name).toString(), "symbolic link");
    assertNothingHappenedElsewhere();
  }
}
