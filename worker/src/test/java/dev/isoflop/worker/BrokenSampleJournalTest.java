package dev.isoflop.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.worker.data.BrokenSamples;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full disk cuts a line anywhere; what was written whole before and after it counts. */
class BrokenSampleJournalTest {
  private final Path file;

  BrokenSampleJournalTest(@TempDir Path folder) {
    file = folder.resolve("broken-samples.tsv");
  }

  private BrokenSamples open() throws Exception {
    return new BrokenSampleJournal(file, line -> {}).open(100);
  }

  private static DataException broken(String where) {
    return new DataException(Kind.Corrupt, where, "is no picture", "remove it");
  }

  @Test
  void isReadWhereverItsLastLineWasCut() throws Exception {
    BrokenSamples first = open();
    first.leaveOut("data.train", broken("a.png"));
    first.leaveOut("data.train", broken("größe.png"));
    byte[] whole = Files.readAllBytes(file);
    int line = new String(whole, UTF_8).indexOf('\n') + 1;

    assertThat(line).isBetween(1, whole.length - 1);
    for (int length = line; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      BrokenSamples again = open();
      assertThat(again.count()).as("cut at %s", length).isEqualTo(1);
      again.leaveOut("data.train", broken("größe.png"));
      again.leaveOut("data.train", broken("c.png"));
      assertThat(open().count()).as("cut at %s", length).isEqualTo(3);
    }
  }
}
