package dev.isoflop.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.operator.cli.Program.Ended;
import dev.isoflop.text.ShownText;
import dev.isoflop.trial.DataCheckMessage;
import dev.isoflop.trial.DataCheckReport;
import dev.isoflop.trial.DataCheckReport.Broken;
import dev.isoflop.trial.DataCheckReport.Problem;
import dev.isoflop.trial.DataCheckReport.SetReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, captions and messages from elsewhere steer neither a terminal nor what is read later. */
@Timeout(120)
class HostileTextTest {
  /** Clears the screen, sets the title, rings, colours, turns the direction and ends the line. */
  private static final String HOSTILE = "\u001b[2J\u001b]0;x\u0007\u009b31m\u202ea\u2066b\u2028";

  @TempDir Path folder = Path.of("");

  /** All that this program itself writes to steer: colours, and drawing a line again. */
  private static String withoutOwn(String text) {
    return text.replaceAll("\u001b\\[([0-9;]*m|\\d+A|K|J)|\r", "");
  }

  private static void assertHarmless(String text) {
    List<String> steering =
        withoutOwn(text)
            .chars()
            .filter(it -> it != '\n' && it != '\t' && ShownText.isControl(it))
            .mapToObj("%04x"::formatted)
            .toList();
    assertThat(steering).as(text).isEmpty();
  }

  private static Program on(boolean terminal, Program program) {
    return terminal ? program.onTerminal() : program;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRunWhoseWorkersSayAnythingIsHarmless(boolean terminal) throws IOException {
    Program program =
        on(
            terminal,
            Program.running(ScriptedRunner.withoutData("entry " + HOSTILE + " is cut off")));

    Ended ended =
        program.run(
            "run",
            Manifests.write(folder, Manifests.SMALL),
            "--dir",
            folder.resolve("runs").toString());

    assertThat(ended.status()).isNotZero();
    assertThat(ended.out() + ended.err()).contains("\\u001b[2J");
    assertHarmless(ended.out());
    assertHarmless(ended.err());
    try (Stream<Path> files = Files.walk(folder.resolve("runs"))) {
      List<Path> shown =
          files.filter(file -> file.toString().matches(".*\\.(html|csv|yaml|tex|md)")).toList();
      assertThat(shown).hasSizeGreaterThan(3);
      for (Path file : shown) {
        assertHarmless(Files.readString(file).replace("\r\n", "\n"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatALookAtTheDataFindsIsHarmless(boolean terminal) {
    String manifest =
        Manifests.write(
            folder,
            Manifests.SMALL.replaceFirst(
                "train: \\{[^}]*\\}", "train: {name: t, uri: /x.tar, format: WebDataset}"));
    DataCheckReport report =
        new DataCheckReport(
            0,
            List.of(
                new SetReport(
                    "data.train",
                    "t" + HOSTILE,
                    "/x" + HOSTILE,
                    9L,
                    List.of(new Broken("entry " + HOSTILE, "is " + HOSTILE)),
                    1,
                    List.of(new Broken("file " + HOSTILE, "is " + HOSTILE)),
                    1,
                    List.of("note " + HOSTILE))),
            List.of(new Problem("problem " + HOSTILE, false)));
    Program program =
        on(
            terminal,
            Program.withoutSweeps()
                .finding(
                    (request, progress) -> {
                      progress.accept(new DataCheckMessage.Progress("t" + HOSTILE, 5, 1, 0.5));
                      return report;
                    }));

    for (String format : List.of("table", "json", "yaml")) {
      Ended ended = program.run("data", "check", manifest, "--output", format);
      assertThat(ended.out() + ended.err()).contains(format.equals("yaml") ? "[2J" : "\\u001b[2J");
      assertHarmless(ended.out());
      assertHarmless(ended.err());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTableOrManifestOfHostileNamesIsHarmless(boolean terminal) throws IOException {
    StringBuilder table =
        new StringBuilder("trial,budget,parameters,tokens,loss,FID@\u202ex\u0007\n");
    for (double budget : new double[] {1e15, 1e16, 1e17}) {
      for (int i = -2; i <= 2; i++) {
        double size = 1e-2 * Math.sqrt(budget) * Math.pow(2, i);
        table.append(
            "%s%s%d,%s,%s,%s,%s,%s\n"
                .formatted(
                    "=",
                    HOSTILE.replace("\u2028", ""),
                    i,
                    budget,
                    size,
                    budget / (6 * size),
                    Math.pow(budget, -0.05) * (1 + 0.01 * i * i),
                    10 + 0.1 * i * i));
      }
    }
    Path points = Files.writeString(folder.resolve("points.csv"), table);
    Path page = folder.resolve("page");
    Program program = on(terminal, Program.withoutSweeps());
    String sweep =
        Manifests.write(
            folder,
            Manifests.with("metadata: {name: small}", "metadata: {name: \"a\\e[2J\\u202e\"}"));

    for (Ended ended :
        List.of(
            program.run("fit", points.toString(), "--report", page.toString()),
            program.run("fit", points.toString(), "--output", "json"),
            program.run("fit", points.toString() + HOSTILE),
            program.run("plan", sweep))) {
      assertThat(ended.out() + ended.err()).isNotEmpty();
      assertHarmless(ended.out());
      assertHarmless(ended.err());
    }
  }
}
