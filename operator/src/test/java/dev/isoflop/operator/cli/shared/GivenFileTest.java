package dev.isoflop.operator.cli.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.operator.cli.Manifests;
import dev.isoflop.operator.cli.Program;
import dev.isoflop.operator.cli.Program.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command does not take is named, with the commands that take it. */
class GivenFileTest {
  private final Path folder;
  private final Path run;

  GivenFileTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    run = Files.createDirectories(folder.resolve("runs/small"));
    Manifests.write(folder, Manifests.SMALL);
    Manifests.write(run, Manifests.SMALL);
    Files.writeString(
        run.resolve("status.yaml"),
        Manifests.SMALL
            + """
            status:
              trials: {planned: 12, queued: 4, running: 3, succeeded: 4, excluded: 1, failed: 0}
              conditions: [{type: Finished, status: "False"}]
            """);
    Program.command(
        "fit",
        Program.EXAMPLE.toString(),
        "--bootstrap",
        "0",
        "--export",
        folder.resolve("laws.json").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fit sweep.yaml | is a manifest, and isoflop plan and isoflop run take it",
        "fit runs/small | is the folder of a run",
        "fit runs/small/status.yaml | is the status of a sweep",
        "fit laws.json | is a file of fitted laws",
        "compare sweep.yaml TABLE | is a manifest",
        "predict sweep.yaml --flops 1e12 | is a manifest",
        "export sweep.yaml --format latex | is a manifest",
        "plan runs/small | is the folder of a run",
        "plan laws.json | is a file of fitted laws",
        "plan TABLE | is a table, and isoflop fit and isoflop compare take it",
        "run runs/small | is the folder of a run",
        "data check TABLE | is a table",
        "report sweep.yaml | is a manifest",
        "report TABLE | is a table",
        "retry runs/small/status.yaml | is the status of a sweep",
      })
  void isNamedInOneLine(String words, String told) {
    String[] command =
        Arrays.stream(words.split(" ", -1))
            .map(
                word ->
                    word.equals("TABLE")
                        ? Program.EXAMPLE.toString()
                        : word.contains(".") || word.contains("/")
                            ? folder.resolve(word).toString()
                            : word)
            .toArray(String[]::new);
    Ended ended = Program.command(command);

    assertThat(ended.status()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(ended.errors()).singleElement().asString().contains(told).contains("; ");
  }

  @Test
  void theTableOfARunIsNamedToFit() throws IOException {
    Files.writeString(run.resolve("trials.csv"), "budget\n");

    assertThat(Program.command("fit", run.toString()).errors())
        .singleElement()
        .asString()
        .endsWith("its table is " + run.resolve("trials.csv"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"predict --flops 1e12", "export --format json"})
  void aRunThatGoesOnHasNoLawsYet(String command) {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.add(1, run.toString());
    Ended ended = Program.command(words.toArray(String[]::new));

    assertThat(ended.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(ended.errors())
        .singleElement()
        .asString()
        .contains("there are no laws yet, as 5 of 12 trials have ended")
        .contains("once all trials of 3 budgets have ended; continue the run");
  }
}
