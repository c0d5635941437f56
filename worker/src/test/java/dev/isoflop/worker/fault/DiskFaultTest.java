package dev.isoflop.worker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.trial.ExitCode;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.worker.data.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskFaultTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "No space left on device, DiskFull",
    "Disk quota exceeded, DiskFull",
    "Read-only file system, FolderNotWritable",
    "Operation not permitted, FolderNotWritable",
    "Permission denied, FolderNotWritable",
    "Stale file handle, StorageUnavailable",
    "Input/output error, StorageUnavailable",
    "Transport endpoint is not connected, StorageUnavailable",
    "Remote I/O error, StorageUnavailable",
    "Structure needs cleaning, StorageUnavailable"
  })
  void theSystemsWordsTellWhatIsAtFault(String words, OutcomeReason reason) {
    for (IOException cause :
        new IOException[] {
          new IOException(words), new FileSystemException("/trial/checkpoint", null, words)
        }) {
      TrialFault fault = DiskFault.of(cause, "writing /trial/checkpoint");

      assertThat(fault.outcome().reason()).isEqualTo(reason);
      assertThat(fault.exitCode()).isEqualTo(ExitCode.STORAGE);
      assertThat(fault.message()).startsWith("writing /trial/checkpoint: ").contains(words);
      assertThat(reason.external()).isTrue();
    }
  }

  @Test
  void whatJavaHasTypesForIsToldLikewise() {
    assertThat(DiskFault.of(new AccessDeniedException("/trial"), "opening").outcome().reason())
        .isEqualTo(OutcomeReason.FolderNotWritable);
    assertThat(DiskFault.of(new NoSuchFileException("/trial"), "opening").outcome().reason())
        .isEqualTo(OutcomeReason.StorageUnavailable);
  }

  @Test
  void aFolderOfSomebodyElseIsNamedWithItsOwnerAndWhoWeAre() throws IOException {
    Path inside = folder.resolve("not/there/yet");

    String message =
        DiskFault.of(new AccessDeniedException(inside.toString()), "opening " + inside).message();

    assertThat(message)
        .contains(folder + " belongs to user ")
        .contains(
            "and this worker is user " + Files.getAttribute(folder, "unix:uid") + " in the groups ")
        .contains("fsGroup");
  }

  @Test
  void otherTroubleIsTheTrialsOwn() {
    TrialFault fault = DiskFault.of(new IOException("Is a directory"), "writing /trial/x");

    assertThat(fault.outcome().reason()).isEqualTo(OutcomeReason.Crashed);
    assertThat(fault.exitCode()).isEqualTo(ExitCode.TRANSIENT);
  }

  @Test
  void aFullDiskIsFoundBehindOtherExceptions() {
    IOException full = new IOException("No space left on device");
    RuntimeException library =
        new IllegalStateException("cannot unpack", new UncheckedIOException("copying", full));

    Optional<TrialFault> fault = DiskFault.behind(library);

    assertThat(fault).isPresent();
    assertThat(fault.get().outcome().reason()).isEqualTo(OutcomeReason.DiskFull);
    assertThat(DiskFault.behind(new IllegalStateException("a fault of the program"))).isEmpty();
  }

  @Test
  void dataThatIsNotThereAndDataThatIsBadAreToldApart() {
    assertData(DataException.Kind.Missing, OutcomeReason.DataMissing, ExitCode.TRANSIENT);
    assertData(DataException.Kind.Unreadable, OutcomeReason.DataUnreachable, ExitCode.TRANSIENT);
    assertData(DataException.Kind.Corrupt, OutcomeReason.BadData, ExitCode.GIVE_UP);
    assertData(DataException.Kind.Setting, OutcomeReason.BadData, ExitCode.GIVE_UP);
    assertData(DataException.Kind.TooFew, OutcomeReason.BadData, ExitCode.GIVE_UP);
    TrialFault cacheFull =
        DataFault.of(
            new DataException(
                DataException.Kind.Unreadable,
                "cache",
                "cannot be used",
                "free space",
                new FileSystemException("/cache/x", null, "No space left on device")));
    assertThat(cacheFull.outcome().reason()).isEqualTo(OutcomeReason.DiskFull);
    assertThat(cacheFull.exitCode()).isEqualTo(ExitCode.STORAGE);
  }

  private static void assertData(DataException.Kind kind, OutcomeReason reason, ExitCode exit) {
    TrialFault fault = DataFault.of(new DataException(kind, "data.train.uri", "is so", "do that"));
    assertThat(fault.outcome().reason()).isEqualTo(reason);
    assertThat(fault.exitCode()).isEqualTo(exit);
  }
}
