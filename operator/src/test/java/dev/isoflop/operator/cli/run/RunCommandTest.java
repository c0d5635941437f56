package dev.isoflop.operator.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isoflop.operator.cli.FirstProgress;
import dev.isoflop.operator.cli.Manifests;
import dev.isoflop.operator.cli.Program;
import dev.isoflop.operator.cli.Program.Ended;
import dev.isoflop.operator.cli.ScriptedRunner;
import dev.isoflop.operator.gpu.FakeMachine;
import dev.isoflop.operator.local.store.LocalFaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RunCommandTest {
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ  ";

  private final Program succeeding = Program.running(ScriptedRunner.succeeding());
  private final Program interrupted = Program.running(ScriptedRunner.interrupted());
  private final Path folder;
  private final String runs;
  private String manifest;

  RunCommandTest(@TempDir Path folder) {
    this.folder = folder;
    manifest = Manifests.write(folder, Manifests.SMALL);
    runs = folder.resolve("runs").toString();
  }

  private Ended run(Program program, String... more) {
    String[] words = new String[4 + more.length];
    words[0] = "run";
    words[1] = manifest;
    words[2] = "--dir";
    words[3] = runs;
    System.arraycopy(more, 0, words, 4, more.length);
    return program.run(words);
  }

  private Path small() {
    return folder.resolve("runs").resolve("small");
  }

  @Test
  void aFinishedRunPrintsItsLawsAndNamesItsFiles() {
    Ended ended = run(succeeding);

    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(ended.errors()).isEmpty();
    assertThat(ended.out())
        .startsWith("small: 12 trials")
        .contains("4 workers at once with 1 thread each")
        .contains("N*");
    for (String file : new String[] {"status.yaml", "report.html", "trials.csv", "curves.csv"}) {
      assertThat(small().resolve(file)).isNotEmptyFile();
      assertThat(ended.out()).containsPattern("(?m)^wrote .*" + file + "$");
    }
  }

  @Test
  void offATerminalProgressIsALinePerEventWithoutEscapeCodes() {
    String out = run(succeeding).out();

    assertThat(out).doesNotContain("\u001b").doesNotContain("\r");
    assertThat(out.lines().filter(line -> line.matches(TIME + "started {6}.*"))).hasSize(12);
    assertThat(out.lines().filter(line -> line.matches(TIME + "done .*, loss \\S+, trained 1s")))
        .hasSize(12);
    assertThat(out).containsPattern("(?m)^" + TIME + "12/12 ended, 0 running, 0 queued; ");
  }

  @Test
  void onATerminalTheTableIsTakenAwayBeforeTheLaws() {
    String out = run(succeeding.onTerminal()).out();

    assertThat(out).contains("\u001b[1m12/12 ended");
    int cleared = out.lastIndexOf("\u001b[J");
    assertThat(out.substring(cleared)).contains("wrote ").doesNotContain("ended, 0 running");
  }

  @Test
  void programsReadTheResultFromOneStreamAndPeopleTheProgressFromTheOther() {
    Ended json = run(succeeding, "--output", "json");
    Ended yaml = run(succeeding, "--output", "yaml");

    assertThat(json.status()).isZero();
    JsonNode sheet = json.json();
    assertThat(sheet.path("sweep").asText()).isEqualTo("small");
    assertThat(sheet.at("/trials/succeeded").asInt()).isEqualTo(12);
    assertThat(sheet.at("/laws/parameters/exponent").asDouble()).isBetween(0.45, 0.55);
    assertThat(sheet.path("files")).isNotEmpty();
    assertThat(json.err()).contains("12/12 ended");
    assertThat(yaml.status()).isZero();
    assertThat(yaml.yaml().at("/laws/parameters/exponent"))
        .isEqualTo(sheet.at("/laws/parameters/exponent"));
  }

  @Test
  void aFinishedRunIsShownAgainWithoutTraining() {
    run(succeeding);

    Ended again = run(succeeding);

    assertThat(again.status()).isZero();
    assertThat(again.out()).contains("12 of 12 trials had ended before").doesNotContain("started");
  }

  @Test
  void anInterruptedRunSaysHowToGoOnAndGoesOnSo() {
    Ended stopped = run(interrupted);

    assertThat(stopped.status()).isEqualTo(130);
    assertThat(stopped.err().lines())
        .containsExactly(
            "stopped: 0 of 12 trials ended; nothing is lost",
            "continue with: ./isoflop run %s --dir %s".formatted(manifest, runs));

    Ended continued = run(succeeding);

    assertThat(continued.status()).isZero();
    assertThat(continued.out()).containsPattern("started .*, attempt 2");
  }

  @Test
  void aRunThatIsStoppedSaysHowToSeeWhatHasEnded() {
    Ended stopped = run(Program.running(ScriptedRunner.interruptedAfterASuccess()));

    assertThat(stopped.status()).isEqualTo(130);
    assertThat(stopped.err())
        .contains("stopped: 1 of 12 trials ended")
        .endsWith("see what there is so far: ./isoflop report " + small() + System.lineSeparator());
    assertThat(Program.command("report", small().toString()).status()).isZero();
    assertThat(small().resolve("report.html")).exists();
    assertThat(
            Program.command("compare", "a=" + small(), "b=" + small())
                .err()
                .replaceAll("\\s+", " "))
        .contains("is not finished")
        .contains("continue it with ./isoflop run");
  }

  @Test
  void theCommandToGoOnWithDoesNotStartOver() {
    assertThat(run(interrupted, "--fresh").err()).contains("--dir").doesNotContain("--fresh");
  }

  @Test
  void startingOverKeepsTheFormerRunUnderAnotherName() throws IOException {
    run(succeeding);

    Ended fresh = run(succeeding, "--fresh");

    assertThat(fresh.status()).isZero();
    assertThat(fresh.out()).contains("started");
    try (var kept = Files.list(folder.resolve("runs"))) {
      assertThat(kept).hasSize(2);
    }
  }

  @Test
  void aSuspendedSweepStartsNothingAndMayBeTriedAgain() {
    manifest = Manifests.write(folder, Manifests.with("  laws:", "  suspend: true\n  laws:"));

    Ended ended = run(succeeding);

    assertThat(ended.status()).isEqualTo(75);
    assertThat(ended.out()).doesNotContain("started");
    assertThat(ended.err())
        .contains("suspended: 0 of 12 trials ended; the manifest says suspend: true")
        .contains("set it to false and continue with: ./isoflop run");
  }

  @Test
  void aRunWithoutDataEndsWithoutLawsAndSaysWhatTheFirstTrialMissed() {
    Program program =
        Program.running(
            ScriptedRunner.withoutData("data.train.uri: no file matches shards/*.tar; make them"));

    Ended ended = run(program);

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err().replaceAll("\\s+", " "))
        .contains(
            "error: the first trials all failed alike: data.train.uri: no file matches"
                + " shards/*.tar;")
        .contains("nothing is charged or lost fix that and continue with: ./isoflop run")
        .doesNotContain("--fresh")
        .doesNotContain("Exception");
  }

  @Test
  void aRunWhoseTrialsFailedSaysHowToTryThemAgainAndThatWorks() {
    Ended ended = run(Program.running(ScriptedRunner.failing(4)));

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err())
        .contains("fix that, let what failed run again, and go on, what succeeded is kept:")
        .contains("  ./isoflop retry " + small())
        .doesNotContain("--fresh");
    assertThat(Program.command("retry", small().toString()).out()).contains("runs again: small-");
    assertThat(run(succeeding).status()).isZero();
  }

  @Test
  void aRunInWhichNothingFailedSaysWhatIsThereInstead() {
    run(succeeding);
    assertThat(Program.command("retry", small().toString()).errors())
        .containsExactly(small() + ": nothing has failed: 12 of 12 trials succeeded");

    run(interrupted, "--fresh");
    Ended open = Program.command("retry", small().toString());
    assertThat(open.status()).isEqualTo(1);
    assertThat(open.err())
        .contains("nothing has failed: 0 of 12 trials succeeded; 12 have not ended and go on with");
  }

  @Test
  void aChangedManifestDoesNotGoOnInTheFolderOfAnother() {
    run(succeeding);
    manifest = Manifests.write(folder, Manifests.with("batchSize: 4", "batchSize: 8"));

    Ended ended = run(succeeding);

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.errors())
        .singleElement()
        .asString()
        .startsWith("spec.training.batchSize was 4 and is now 8")
        .contains("another metadata.name", "--fresh");
  }

  @Test
  void aSecondRunOfTheSameFolderIsToldWhoHasIt() {
    List<Ended> second = new ArrayList<>();
    Program first =
        Program.running(
            (sweep, options, listener, conclusion) ->
                ScriptedRunner.succeeding()
                    .run(
                        sweep,
                        options,
                        new FirstProgress(listener, () -> second.add(run(succeeding))),
                        conclusion));

    assertThat(run(first).status()).isZero();
    assertThat(second.get(0).status()).isEqualTo(75);
    assertThat(second.get(0).out()).isEmpty();
    assertThat(second.get(0).errors())
        .singleElement()
        .asString()
        .contains(small() + ": another run of this folder is going on, by process ")
        .endsWith("; wait for it, or stop it with Ctrl-C or kill " + ProcessHandle.current().pid());
  }

  @Test
  void aFolderThatCannotBeMadeIsNamedWithTheWayOut() throws IOException {
    Files.writeString(folder.resolve("runs"), "a file");

    Ended ended = run(succeeding);

    assertThat(ended.status()).isEqualTo(75);
    assertThat(ended.errors())
        .singleElement()
        .asString()
        .startsWith(small() + "")
        .contains("cannot be written")
        .contains("choose another folder for the runs");
  }

  @Test
  void aMachineWithoutTheWorkersProgramIsAFault() {
    Program program =
        Program.running(
            (sweep, options, listener, conclusion) -> {
              throw new LocalFaultException("isoflop.worker: is not set");
            });

    Ended ended = run(program);

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err().lines()).containsExactly("error: isoflop.worker: is not set");
  }

  @Test
  void threadsAskedForLeaveRoomForAsManyWorkers() {
    assertThat(run(succeeding, "--threads", "2").out())
        .contains("2 workers at once with 2 threads each");
    assertThat(run(succeeding, "--parallel", "1").out())
        .contains("1 worker at once with 4 threads each");
  }

  @Test
  void eachWorkerGetsAGpuOfItsOwnAndNoMoreWorkersThanGpusAreAskedFor() throws Exception {
    Path torch = FakeMachine.torch(folder.resolve("site-packages"), "2.7.1+cu126");
    Program machine =
        succeeding.where(
            Map.of("ISOFLOP_CACHE", folder.resolve("cache").toString()),
            FakeMachine.nvidiaSmi(folder.resolve("bin")));

    Ended onGpus = run(machine, "--libtorch", torch.toString());
    Ended tooMany = run(machine, "--libtorch", torch.toString(), "--parallel", "3");

    assertThat(onGpus.status()).as(onGpus.err()).isZero();
    assertThat(onGpus.out())
        .contains("2 workers at once with 2 threads and a GPU each")
        .contains("GPU 0 (NVIDIA H200, 140 GiB): 69 GiB are in use already");
    assertThat(
            Files.readString(
                small().resolve("trials").resolve(firstTrial()).resolve("config.json")))
        .contains("\"device\" : \"GPU-");
    assertThat(tooMany.status()).isEqualTo(2);
    assertThat(tooMany.errors())
        .singleElement()
        .asString()
        .startsWith("--parallel: 3 is more than there are GPUs to train on, 2");
  }

  private String firstTrial() throws IOException {
    try (var trials = Files.list(small().resolve("trials"))) {
      return trials.findFirst().orElseThrow().getFileName().toString();
    }
  }

  @Test
  void gpusThatAreNotUsedAreSpokenOfAndThoseThatAreNotThereAreRefused() throws Exception {
    Map<String, String> bare = Map.of("ISOFLOP_CACHE", folder.resolve("cache").toString());
    Program machine = succeeding.where(bare, FakeMachine.nvidiaSmi(folder.resolve("bin")));

    assertThat(run(machine).out()).contains("the 2 GPUs here are not used: ./isoflop native cuda");
    assertThat(run(succeeding, "--gpus", "0").errors())
        .singleElement()
        .asString()
        .startsWith("--gpus 0: no GPU is visible here");
  }

  @Test
  void modelsThatCannotFitAGpuAreSpokenOfBeforeAnyIsTrained() throws Exception {
    Path torch = FakeMachine.torch(folder.resolve("site-packages"), "2.7.1+cu126");
    Map<String, String> bare = Map.of("ISOFLOP_CACHE", folder.resolve("cache").toString());
    Path tiny = FakeMachine.smallGpus(folder.resolve("bin"), "1, 0");

    Ended ended = run(succeeding.where(bare, tiny), "--libtorch", torch.toString());

    assertThat(ended.out().replaceAll("\\s+", " "))
        .containsPattern(
            "\\d+ trials? will not fit GPU 0 \\(NVIDIA H200, 0 GiB\\): the largest, of");
    assertThat(run(succeeding, "--fresh").out()).doesNotContain("not fit");
  }
}
