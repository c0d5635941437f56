package dev.isoflop.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.trial.ExitCode;
import dev.isoflop.trial.LeftOut;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialFiles;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.trial.TrialOutcome;
import dev.isoflop.trial.TrialResult;
import dev.isoflop.worker.data.webdataset.Shards;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Worker processes that are given what cannot work: one error each, with the way out. */
@Timeout(300)
class WorkerFaultTest {
  private final Path folder;
  private final SmallTrial trial;

  WorkerFaultTest(@TempDir Path folder) {
    this.folder = folder;
    trial = SmallTrial.in(folder.resolve("trial"));
  }

  /** The worker ends with the code, says one thing, and says all of {@code parts} in it. */
  private static void assertOneError(WorkerProcess worker, ExitCode code, String... parts)
      throws IOException {
    assertThat(worker.exitCode()).as(worker.log()).isEqualTo(code.code());
    assertThat(worker.errors()).singleElement().asString().contains(parts);
    assertThat(worker.log()).doesNotContain("\tat ");
  }

  private void assertOutcome(OutcomeType type, OutcomeReason reason) throws IOException {
    TrialOutcome told = trial.terminationMessage().outcome();
    assertThat(told.type()).isEqualTo(type);
    assertThat(told.reason()).isEqualTo(reason);
    assertThat(trial.terminationMessageBytes()).isLessThan(4096);
  }

  /** The attempt ended for a fault that is not the trial's; no result stands in its way later. */
  private void assertBlocked(SmallTrial bad, OutcomeReason reason) throws IOException {
    assertOutcome(OutcomeType.Failed, reason);
    assertThat(bad.file(TrialFiles.RESULT)).doesNotExist();
  }

  private void assertFailed(SmallTrial bad, OutcomeReason reason) throws IOException {
    assertOutcome(OutcomeType.Failed, reason);
    assertThat(bad.result()).isEqualTo(bad.terminationMessage());
  }

  @Test
  void anUnknownFieldIsNamedWithThoseThereAre() throws Exception {
    Path config = folder.resolve("odd.json");
    String text = TrialJson.MAPPER.writeValueAsString(trial.config());
    Files.writeString(config, text.replace("\"steps\":1000", "\"steps\":1000,\"stepz\":7"));

    try (WorkerProcess worker = WorkerProcess.start(folder, config.toString())) {
      worker.awaitEnd();
      assertOneError(
          worker,
          ExitCode.GIVE_UP,
          config.toString(),
          "experiment.stepz: there is no such field; remove it, or use one of budgetFlops, data,");
    }
    assertThat(trial.folder).doesNotExist();
  }

  @Test
  void aConfigurationThatIsCutOffIsNamedWithThePlace() throws Exception {
    Path config = folder.resolve("half.json");
    Files.writeString(config, "{\"namespace\": \"local\",\n \"sweep\": \"sma");

    try (WorkerProcess worker = WorkerProcess.start(folder, config.toString())) {
      worker.awaitEnd();
      assertOneError(
          worker,
          ExitCode.GIVE_UP,
          config + ": line 2, column ",
          "this is not JSON: ",
          "write the file again");
    }
  }

  @Test
  void withoutAnArgumentItSaysWhatItTakes() throws Exception {
    try (WorkerProcess worker = WorkerProcess.start(folder)) {
      worker.awaitEnd();
      assertOneError(
          worker, ExitCode.GIVE_UP, "0 arguments; give one, the path of a trial's config.json");
    }
  }

  @Test
  void missingShardsAreCountedAndTheFirstIsNamed() throws Exception {
    Shards.numbered(folder.resolve("0.tar"), 0, 8);
    Shards.numbered(folder.resolve("held-out.tar"), 1000, 64);
    SmallTrial bad = trial.onShards(folder + "/{0..3}.tar", folder + "/held-out.tar");

    assertOneError(
        bad.run(),
        ExitCode.TRANSIENT,
        "data.train.uri",
        "3 of the 4 shards of '" + folder + "/{0..3}.tar' are missing, the first of them '",
        folder.resolve("1.tar").toString(),
        "check the path, the mount and the brace range");
    assertBlocked(bad, OutcomeReason.DataMissing);

    for (int i = 1; i < 4; i++) {
      Shards.numbered(folder.resolve(i + ".tar"), 8 * i, 8);
    }
    WorkerProcess mended = bad.run();
    assertThat(mended.exitCode()).as(mended.log()).isEqualTo(ExitCode.DONE.code());
  }

  @Test
  void tooFewPicturesToMeasureOnAreFoundBeforeTraining() throws Exception {
    Shards.numbered(folder.resolve("train.tar"), 0, 100);
    Shards.numbered(folder.resolve("held-out.tar"), 100, 20);
    SmallTrial bad = trial.onShards(folder + "/train.tar", folder + "/held-out.tar");

    assertOneError(
        bad.run(),
        ExitCode.GIVE_UP,
        "data.evaluation[0].uri: holds 20 samples but evaluation.samples asks for 64; add shards or"
            + " set evaluation.samples to 20 or less");
    assertFailed(bad, OutcomeReason.BadData);
    assertThat(bad.file(TrialFiles.CURVE)).doesNotExist();
  }

  @Test
  void aTarThatIsCutOffIsFoundBeforeTrainingWhereItIsMeasuredOn() throws Exception {
    Shards.numbered(folder.resolve("train.tar"), 0, 100);
    Path cut = Shards.numbered(folder.resolve("held-out.tar"), 100, 64);
    try (FileChannel channel = FileChannel.open(cut, StandardOpenOption.WRITE)) {
      channel.truncate(Files.size(cut) / 2 / 512 * 512 + 100);
    }
    SmallTrial bad = trial.onShards(folder + "/train.tar", folder + "/held-out.tar");

    assertOneError(
        bad.run(),
        ExitCode.GIVE_UP,
        "data.evaluation[0].uri, shard " + cut,
        "make the shard again or copy it again from its source");
    assertFailed(bad, OutcomeReason.BadData);
    assertThat(bad.file(TrialFiles.CURVE)).doesNotExist();
  }

  @Test
  void aTarOfZerosIsNamed() throws Exception {
    Shards.numbered(folder.resolve("held-out.tar"), 100, 64);
    Path zeros = Files.write(folder.resolve("train.tar"), new byte[700]);
    SmallTrial bad = trial.onShards(zeros.toString(), folder + "/held-out.tar");

    assertOneError(bad.run(), ExitCode.GIVE_UP, "data.train.uri, shard " + zeros, "make the shard");
    assertFailed(bad, OutcomeReason.BadData);
  }

  @Test
  void aBrokenPictureThatIsBorneIsCountedAndListed() throws Exception {
    Shards.numbered(folder.resolve("held-out.tar"), 1000, 64);
    Path train = folder.resolve("train.tar");
    byte[] corrupt = Shards.png(30);
    corrupt[corrupt.length / 2] ^= 0x55;
    numberedBut(train, corrupt);
    SmallTrial borne =
        trial
            .onShards(train.toString(), folder + "/held-out.tar")
            .with("\"steps\": 1000", "\"steps\": 60")
            .bearing(1);

    assertThat(borne.run().exitCode()).isEqualTo(ExitCode.DONE.code());
    assertThat(borne.result().brokenSamples()).isEqualTo(1);
    assertThat(borne.result().leftOut())
        .containsExactly(
            new LeftOut("data.train", borne.config().experiment().data().train().name(), 1));
    assertThat(Files.readAllLines(borne.file(TrialFiles.BROKEN_SAMPLES)))
        .singleElement()
        .asString()
        .startsWith("data.train.uri\tdata.train.uri, shard " + train + ", entry 000030.png\t");
  }

  /** The key stays that of the experiment as it is written. */
  @Test
  void relativePathsStartFromTheManifestsFolder() throws Exception {
    Path data = Files.createDirectories(folder.resolve("elsewhere/data"));
    Shards.numbered(data.resolve("train.tar"), 0, 64);
    Shards.numbered(data.resolve("held-out.tar"), 100, 64);
    SmallTrial relative =
        trial
            .onShards("../data/train.tar", "../data/held-out.tar")
            .with("\"steps\": 1000", "\"steps\": 2")
            .readingFrom(Files.createDirectories(folder.resolve("elsewhere/sweeps")));

    assertThat(relative.run().exitCode()).isEqualTo(ExitCode.DONE.code());
    assertThat(relative.result().key()).isEqualTo(relative.config().key());
  }

  @Test
  void aCorruptPictureEndsTrainingThereAndWhatWasTrainedIsKept() throws Exception {
    Shards.numbered(folder.resolve("held-out.tar"), 1000, 64);
    Path train = folder.resolve("train.tar");
    byte[] corrupt = Shards.png(30);
    corrupt[corrupt.length / 2] ^= 0x55;
    numberedBut(train, corrupt);
    SmallTrial bad =
        trial
            .onShards(train.toString(), folder + "/held-out.tar")
            .with("\"steps\": 1000", "\"steps\": 60")
            .with("PT0.02S", "PT1H");

    assertOneError(
        bad.run(),
        ExitCode.GIVE_UP,
        "data.train.uri, shard " + train + ", entry 000030.png",
        "make the image again or remove the sample");
    assertFailed(bad, OutcomeReason.BadData);
    long kept = bad.newestCheckpoint();
    assertThat(kept).isBetween(1L, 29L);

    Files.delete(train);
    numberedBut(train, Shards.png(30));
    WorkerProcess mended = bad.run();

    assertThat(mended.exitCode()).as(mended.log()).isEqualTo(ExitCode.DONE.code());
    assertThat(mended.log()).contains("resumed from the checkpoint at step " + kept);
    assertThat(bad.result().outcome().type()).isEqualTo(OutcomeType.Succeeded);
  }

  /** A shard of 120 numbered pictures, of which the thirtieth is as given. */
  private static void numberedBut(Path path, byte[] thirtieth) throws IOException {
    try (Shards shard = Shards.at(path)) {
      for (int i = 0; i < 120; i++) {
        shard
            .entry("%06d.png".formatted(i), i == 30 ? thirtieth : Shards.png(i))
            .entry("%06d.txt".formatted(i), "number " + i);
      }
    }
  }

  @Test
  void aPortInUseIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      SmallTrial bad = trial.onPort(taken.getLocalPort());

      assertOneError(
          bad.run(),
          ExitCode.GIVE_UP,
          "runtime.metricsPort: port " + taken.getLocalPort() + " cannot be bound",
          "choose another port, or 0 for any free one");
      assertFailed(bad, OutcomeReason.PortInUse);
    }
  }

  @Test
  void aFolderThatAnotherWorkerHoldsIsLeftAlone() throws Exception {
    Files.createDirectories(trial.folder);
    Path lock = trial.file(TrialFiles.LOCK);
    try (FileChannel holder =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(holder.lock().isValid()).isTrue();

      assertOneError(
          trial.run(),
          ExitCode.TRANSIENT,
          "runtime.folder: another worker is at work in " + trial.folder,
          "wait for it, or give the trial a folder of its own");
    }
    assertOutcome(OutcomeType.Failed, OutcomeReason.FolderLocked);
    assertThat(trial.file(TrialFiles.RESULT)).doesNotExist();
    assertThat(trial.file(TrialFiles.METRICS_PORT)).doesNotExist();
  }

  @Test
  void aTrialThatDivergesIsExcludedWithItsReason() throws Exception {
    SmallTrial wild = trial.with("3e-3", "10, \"beta2\": 0, \"epsilon\": 1e-38");

    assertOneError(
        wild.run(),
        ExitCode.GIVE_UP,
        "training diverged: step ",
        "lower training.optimizer.learningRate or lengthen the warm-up");
    assertOutcome(OutcomeType.Excluded, OutcomeReason.Diverged);
    TrialResult result = wild.result();
    assertThat(result).isEqualTo(wild.terminationMessage());
    assertThat(result.steps()).isBetween(1L, (long) SmallTrial.STEPS);
    assertThat(result.metrics()).isEmpty();
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws Exception {
    Files.writeString(folder.resolve("file"), "in the way", StandardCharsets.US_ASCII);
    SmallTrial bad = SmallTrial.in(folder.resolve("file"));
    Path config = folder.resolve("config.json");
    TrialJson.MAPPER.writeValue(config.toFile(), bad.config());

    try (WorkerProcess worker = WorkerProcess.start(folder, config.toString())) {
      worker.awaitEnd();
      assertThat(worker.exitCode()).as(worker.log()).isEqualTo(ExitCode.TRANSIENT.code());
      assertThat(worker.errors().get(0))
          .contains("opening the trial's folder " + bad.folder, "check the volume and start again");
    }
  }
}
