package dev.isoflop.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isoflop.trial.ExitCode;
import dev.isoflop.trial.TrialFiles;
import dev.isoflop.trial.TrialJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Trials killed at random moments and started again leave the bytes of undisturbed ones: weights,
 * moments, averages, curve and measurements. {@code -Disoflop.kills=20} kills each trial 20 times
 * in place of 3, {@code -Disoflop.kills.seed} chooses other moments.
 */
@Timeout(1200)
class KilledTrialTest {
  private static final int KILLS = Integer.getInteger("isoflop.kills", 3);
  private static final long SEED = Long.getLong("isoflop.kills.seed", 20260);
  private static final int DIGEST = 32;

  private final Path folder;

  KilledTrialTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          InContext      | "microBatch": 3
          CrossAttention | "schedule": {"type": "WarmupStableDecay"}
          AdaLNZero      | "activationCheckpointing": true, "microBatch": 2
          """)
  void endsWithTheBytesOfAnUndisturbedTrial(String architecture, String training) throws Exception {
    SmallTrial undisturbed = variant(folder.resolve("undisturbed"), architecture, training);
    WorkerProcess whole = undisturbed.run();
    assertThat(whole.exitCode()).as(whole.log()).isEqualTo(ExitCode.DONE.code());

    SmallTrial killed = variant(folder.resolve("killed"), architecture, training);
    Random random = new Random(SEED);
    int trained = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      trained += kill(killed, moment(kill, random), random) ? 1 : 0;
    }
    WorkerProcess last = killed.run();
    System.out.printf(
        "%s killed %d times, of these %d while it trained%n", architecture, KILLS, trained);

    assertThat(last.exitCode()).as(last.log()).isEqualTo(ExitCode.DONE.code());
    assertThat(last.log()).contains("resumed from the checkpoint at step ");
    assertThat(trained).isPositive();
    assertThat(result(killed)).isEqualTo(result(undisturbed));
    assertThat(killed.curve()).isEqualTo(undisturbed.curve());
    Checkpoint ofKilled = Checkpoint.read(killed.checkpoint(SmallTrial.STEPS));
    Checkpoint ofUndisturbed = Checkpoint.read(undisturbed.checkpoint(SmallTrial.STEPS));
    assertThat(ofKilled.header()).isEqualTo(ofUndisturbed.header());
    assertThat(ofKilled.tensors()).isEqualTo(ofUndisturbed.tensors());
  }

  private static SmallTrial variant(Path folder, String architecture, String training) {
    return SmallTrial.in(folder)
        .with("InContext", architecture)
        .with("\"emaDecay\": 0.99", "\"emaDecay\": 0.99, " + training);
  }

  /** The step that a checkpoint has reached when the kill is due: later ones each time. */
  private static long moment(int kill, Random random) {
    double share = (kill + random.nextDouble()) / (KILLS + 1);
    return (long) (share * SmallTrial.STEPS);
  }

  /** Kills a new worker some milliseconds after the moment; whether it had begun to train. */
  private static boolean kill(SmallTrial trial, long moment, Random random) throws Exception {
    long before = trial.newestCheckpoint();
    try (WorkerProcess worker = trial.start()) {
      if (random.nextInt(5) == 0) {
        Thread.sleep(random.nextInt(800)); // somewhere in starting, restoring or training
      } else {
        worker.await(() -> trial.newestCheckpoint() >= moment);
        Thread.sleep(random.nextInt(30));
      }
      worker.kill();
    }
    assertThat(trial.file(TrialFiles.RESULT)).doesNotExist();
    return trial.newestCheckpoint() > before;
  }

  /** All of a result but how long it took. */
  private static ObjectNode result(SmallTrial trial) throws IOException {
    ObjectNode tree = TrialJson.MAPPER.valueToTree(trial.result());
    tree.remove(List.of("trainingSeconds", "evaluationSeconds", "modelFlopsUtilization"));
    return tree;
  }

  /** A checkpoint's header without the time it took, and the bytes of its tensors. */
  private record Checkpoint(ObjectNode header, ByteBuffer tensors) {
    static Checkpoint read(Path file) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      int length = "isoflop checkpoint\n".length();
      int headerLength = ByteBuffer.wrap(bytes).getInt(length);
      int start = length + Integer.BYTES;
      int end = start + headerLength;
      ObjectNode header =
          (ObjectNode) TrialJson.MAPPER.readTree(Arrays.copyOfRange(bytes, start, end));
      header.remove("trainingSeconds");
      return new Checkpoint(header, ByteBuffer.wrap(bytes, end, bytes.length - end - DIGEST));
    }
  }
}
