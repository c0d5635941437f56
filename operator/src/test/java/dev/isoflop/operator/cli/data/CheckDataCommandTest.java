package dev.isoflop.operator.cli.data;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.operator.cli.Manifests;
import dev.isoflop.operator.cli.Program;
import dev.isoflop.operator.cli.Program.Ended;
import dev.isoflop.operator.local.store.LocalFaultException;
import dev.isoflop.trial.DataCheckMessage.Progress;
import dev.isoflop.trial.DataCheckReport;
import dev.isoflop.trial.DataCheckReport.Broken;
import dev.isoflop.trial.DataCheckReport.Problem;
import dev.isoflop.trial.DataCheckReport.SetReport;
import dev.isoflop.trial.DataCheckRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckDataCommandTest {
  private static final Problem GONE =
      new Problem("data.train.uri: no file '/x.tar'; check the path and the mount", false);
  private static final Problem SILENT =
      new Problem("data.train.uri: the server does not answer; try again", true);

  private final List<DataCheckRequest> requests = new ArrayList<>();
  private final String manifest;
  private final String drawn;

  CheckDataCommandTest(@TempDir Path folder) throws Exception {
    Path other = java.nio.file.Files.createDirectories(folder.resolve("drawn"));
    drawn = Manifests.write(other, Manifests.SMALL);
    manifest =
        Manifests.write(
            folder,
            Manifests.SMALL.replaceFirst(
                "train: \\{[^}]*\\}", "train: {name: mine, uri: /x.tar, format: WebDataset}"));
  }

  private Program finding(DataCheckReport report) {
    return Program.withoutSweeps()
        .finding(
            (request, progress) -> {
              requests.add(request);
              return report;
            });
  }

  private static DataCheckReport report(long broken, Problem... problems) {
    List<Broken> listed =
        broken == 0
            ? List.of()
            : List.of(new Broken("data.train.uri, shard /x.tar, entry 7.jpg", "is cut off; mend"));
    return report(0, listed, broken, List.of(), problems);
  }

  private static DataCheckReport report(
      int allowed, List<Broken> listed, long broken, List<Broken> damaged, Problem... problems) {
    return new DataCheckReport(
        allowed,
        List.of(
            new SetReport(
                "data.train",
                "mine",
                "/x.tar",
                12_345L,
                listed,
                broken,
                damaged,
                damaged.size(),
                List.of("n")),
            new SetReport(
                "data.evaluation[0]",
                "scenes",
                "scenes:solid",
                null,
                List.of(),
                0,
                List.of(),
                0,
                List.of())),
        List.of(problems));
  }

  @Test
  void wholeDataEndsWell() {
    Ended ended = finding(report(0)).run("data", "check", manifest);

    assertThat(ended.status()).isZero();
    assertThat(ended.out())
        .isEqualTo(
            """
            data.train (mine): 12,345 samples, all whole
              note: n
            data.evaluation[0] (scenes): drawn, nothing to read
            """);
    assertThat(requests).singleElement().matches(DataCheckRequest::everySample);
  }

  @Test
  void whatIsBrokenIsListedAndTheRestCounted() {
    Ended ended = finding(report(3)).run("data", "check", manifest);

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.out())
        .contains("data.train (mine): 12,345 samples, 3 broken\n")
        .contains("  - data.train.uri, shard /x.tar, entry 7.jpg: is cut off; mend\n")
        .contains("  - and 2 more\n")
        .contains("spec.scheduling.failures.brokenSamples: 3");
    Ended json = finding(report(3)).run("data", "check", manifest, "--output", "json");
    assertThat(json.json().at("/sets/0/brokenSamples").asInt()).isEqualTo(3);
  }

  @Test
  void whatTheManifestAllowsForIsSaidAndEndsWell() {
    Ended allowed = finding(report(3, List.of(), 2, List.of())).run("data", "check", manifest);
    assertThat(allowed.status()).isZero();
    assertThat(allowed.out())
        .contains("data.train (mine): 12,345 samples, 2 broken\n")
        .contains("What is broken is allowed for")
        .contains("brokenSamples: 3)")
        .doesNotContain("Mend");
    assertThat(allowed.err()).isEmpty();
    Ended over = finding(report(3, List.of(), 4, List.of())).run("data", "check", manifest);
    assertThat(over.status()).isEqualTo(1);
    assertThat(over.out()).contains("brokenSamples: 4 (now 3)");
  }

  /** The samples behind the damage are lost, so the setting for broken samples is no way out. */
  @Test
  void aDamagedFileIsToBeCopiedAgain() {
    Broken cut = new Broken("data.train.uri, shard /x.tar", "is not a whole tar archive; copy it");
    Ended ended = finding(report(9, List.of(), 0, List.of(cut))).run("data", "check", manifest);
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.out())
        .contains("data.train (mine): 12,345 samples, 1 file damaged\n")
        .contains("  - data.train.uri, shard /x.tar: is not a whole tar archive; copy it\n")
        .contains("Copy or make the damaged file again")
        .doesNotContain("brokenSamples");
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void setsThatCannotBeOpenedEndTheCommand() {
    Ended ended = finding(report(0, GONE)).run("data", "check", manifest);

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.errors()).containsExactly(manifest + ": spec." + GONE.message());
    assertThat(finding(report(0, SILENT)).run("data", "check", manifest).status()).isEqualTo(75);
  }

  @Test
  void missingEmojiAreToldWithTheCommandThatMakesThem() {
    Problem emoji =
        new Problem(
            "data.train.uri: no file matches '/p/data/emoji/google-train-*.tar'; check it", false);
    Problem other =
        new Problem(
            "data.evaluation[0].uri: no file matches '/p/data/emoji/twitter-eval-*.tar'", false);
    Ended ended = finding(report(0, emoji, other)).run("plan", manifest);

    assertThat(ended.errors())
        .containsExactly(
            manifest + ": spec." + emoji.message(), manifest + ": spec." + other.message());
    assertThat(ended.err().lines().skip(2).collect(joining(" ")))
        .isEqualTo(
            "note: make the example's shards with: ./isoflop data emoji note: if the data is where"
                + " this machine does not see it, plan with --no-data");
  }

  @Test
  void planShowsThePlanAndThenWhatEveryWorkerWouldFind() {
    Ended ended = finding(report(0, GONE)).run("plan", manifest);

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.out()).startsWith("small: 12 trials");
    assertThat(ended.errors()).containsExactly(manifest + ": spec." + GONE.message());
    assertThat(requests).singleElement().matches(request -> !request.everySample());
    assertThat(finding(report(0, GONE)).run("plan", manifest, "--no-data").status()).isZero();
    assertThat(finding(report(0)).run("plan", manifest).status()).isZero();
  }

  @Test
  void runStartsNoWorkerOnDataThatNoneCouldRead(@TempDir Path runs) {
    Ended ended =
        finding(report(0, GONE)).run("run", manifest, "--dir", runs.resolve("r").toString());

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.errors()).containsExactly(manifest + ": spec." + GONE.message());
    assertThat(runs.resolve("r")).doesNotExist();
    assertThat(finding(report(0, SILENT)).run("run", manifest, "--dir", runs.toString()).status())
        .isEqualTo(75);
  }

  @Test
  void drawnScenesTakeNoProcessToLookAt() {
    assertThat(Program.withoutSweeps().run("plan", drawn).status()).isZero();
    assertThat(Manifests.SMALL).contains("scenes:");
  }

  @Test
  void withoutAWorkerItIsSaidAndTold() {
    Ended ended =
        Program.withoutSweeps()
            .finding(
                (request, progress) -> {
                  throw new LocalFaultException("isoflop.worker: is not set; start it otherwise");
                })
            .run("plan", manifest);

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.errors()).containsExactly("isoflop.worker: is not set; start it otherwise");
  }

  @Test
  void progressTellsSpeedAndTimeLeft() {
    assertThat(CheckProgress.line(new Progress("mine", 30_000, 2, 0.25), Duration.ofSeconds(60)))
        .isEqualTo("mine: 30,000 samples, 500/s, 2 broken, 25%, 3m 00s left");
    assertThat(CheckProgress.line(new Progress("mine", 0, 0, 0), Duration.ZERO))
        .isEqualTo("mine: 0 samples, 0/s");
  }
}
