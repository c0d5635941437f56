package dev.isoflop.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.trial.ExitCode;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.trial.TrialOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderMakerTest {
  @TempDir private Path claim;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  private ExitCode make(Path... folders) {
    return new FolderMaker(
            claim.resolve("message"), new PrintStream(log, true, StandardCharsets.UTF_8))
        .make(List.of(folders));
  }

  @Test
  void makesFoldersThatAreNotThereAndLeavesThoseThatAre() throws IOException {
    Path trial = claim.resolve("sweeps/sweep/trial");
    Path checkpoint = Files.createDirectories(trial.resolve("checkpoint")).resolve("step-1");
    Files.writeString(checkpoint, "kept");

    assertThat(make(trial, claim.resolve("sweeps/sweep/.cache"))).isEqualTo(ExitCode.DONE);

    assertThat(checkpoint).hasContent("kept");
    assertThat(claim.resolve("sweeps/sweep/.cache")).isEmptyDirectory();
    assertThat(claim.resolve("message")).doesNotExist();
    assertThat(make(trial)).as("again").isEqualTo(ExitCode.DONE);
  }

  /** What a worker that runs somebody's code may have left on a claim that others use too. */
  @Test
  void followsNoLinkOutOfTheSweepsFolder() throws IOException {
    Path elsewhere = Files.createDirectories(claim.resolve("other/sweep"));
    Files.createDirectories(claim.resolve("sweeps"));
    Files.createSymbolicLink(claim.resolve("sweeps/sweep"), elsewhere);

    assertThat(make(claim.resolve("sweeps/sweep/trial"))).isEqualTo(ExitCode.STORAGE);

    assertThat(elsewhere).isEmptyDirectory();
    TrialOutcome outcome =
        TrialJson.MAPPER.readValue(claim.resolve("message").toFile(), TrialOutcome.class);
    assertThat(outcome.reason()).isEqualTo(OutcomeReason.FolderNotWritable);
    assertThat(outcome.message())
        .contains(claim.resolve("sweeps/sweep") + ": is a symbolic link, which is not followed");
  }

  @Test
  void givesFoldersToOwnerAndGroupAndNobodyElse() throws IOException {
    Path given = Files.createDirectories(claim.resolve("given"));
    String before = rights(given);

    assertThat(make(given.resolve("sweep/trial"))).isEqualTo(ExitCode.DONE);

    assertThat(rights(given)).as("what was there stays as it is").isEqualTo(before);
    assertThat(rights(given.resolve("sweep"))).isEqualTo("rwxrwx---");
    assertThat(rights(given.resolve("sweep/trial"))).isEqualTo("rwxrwx---");
  }

  private static String rights(Path folder) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
  }

  /** Where even root may make no folder: what the kernel says of /proc is that it is not there. */
  @Test
  void saysWhatIsAtFaultWhereKubernetesLooks() throws IOException {
    assertThat(make(Path.of("/proc/isoflop"))).isEqualTo(ExitCode.STORAGE);

    TrialOutcome outcome =
        TrialJson.MAPPER.readValue(claim.resolve("message").toFile(), TrialOutcome.class);
    assertThat(outcome.reason())
        .isIn(OutcomeReason.StorageUnavailable, OutcomeReason.FolderNotWritable);
    assertThat(outcome.message()).startsWith("making the folder /proc/isoflop: ");
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("error: making the folder");
  }
}
