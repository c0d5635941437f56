package dev.isoflop.worker.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.worker.fault.TrialFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingCurveTest {
  private final Path folder;

  TrainingCurveTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path write(long fromStep, long toStep) throws TrialFault {
    Path file = folder.resolve("curve.csv");
    try (TrainingCurve curve = TrainingCurve.open(file, fromStep - 1)) {
      for (long step = fromStep; step <= toStep; step++) {
        curve.append(
            new TrainingCurve.Row(step, step * 10.0, step * 1e9, 1.0 / step, 2, 0.5, 1e-3, step));
      }
    }
    return file;
  }

  @Test
  void hasAHeaderAndARowForEachStep() throws Exception {
    assertThat(Files.readAllLines(write(1, 2)))
        .containsExactly(
            "step,tokens,flops,train_loss,smoothed_train_loss,gradient_norm,learning_rate,seconds",
            "1,10.0,1.0E9,1.0,2.0,0.5,0.001,1.0",
            "2,20.0,2.0E9,0.5,2.0,0.5,0.001,2.0");
  }

  @Test
  void aResumedRunCutsTheRowsAfterItsCheckpoint() throws Exception {
    Path file = write(1, 30);
    String whole = Files.readString(file);

    write(8, 30);

    assertThat(Files.readString(file)).isEqualTo(whole);
  }

  @Test
  void aHalfWrittenRowIsCutOff() throws Exception {
    Path file = write(1, 7);
    String untilSeven = Files.readString(file);
    Files.writeString(file, "8,80.0,8.0", StandardOpenOption.APPEND);

    write(8, 7);

    assertThat(Files.readString(file)).isEqualTo(untilSeven);
  }

  @Test
  void aFreshRunStartsTheFileAnew() throws Exception {
    write(1, 30);

    assertThat(Files.readAllLines(write(1, 3))).hasSize(4);
  }

  @Test
  void goesOnWithoutTheRowsOfALostFile() throws IOException, TrialFault {
    assertThat(Files.readAllLines(write(5, 6))).hasSize(3).first().asString().startsWith("step,");
  }
}
