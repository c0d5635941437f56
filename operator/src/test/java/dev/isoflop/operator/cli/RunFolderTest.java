package dev.isoflop.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isoflop.operator.cli.Program.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of the folder of a run that has ended. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunFolderTest {
  private static final Program PROGRAM = Program.withoutSweeps();
  private final Path folder;
  private final String run;

  /** Runs the sweep once for all tests. */
  RunFolderTest(@TempDir Path folder) {
    this.folder = folder;
    Ended ended =
        Program.running(ScriptedRunner.succeeding())
            .run(
                "run",
                Manifests.write(folder, Manifests.SMALL),
                "--dir",
                folder.resolve("runs").toString());
    assertThat(ended.status()).as(ended.err()).isZero();
    run = folder.resolve("runs").resolve("small").toString();
  }

  @Test
  void reportWritesItsFilesAgain() throws IOException {
    Path page = Path.of(run, "report.html");
    Files.delete(page);

    Ended ended = PROGRAM.run("report", run);

    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(ended.out().lines()).allSatisfy(line -> assertThat(line).startsWith("wrote "));
    assertThat(page).content().contains("small");
  }

  @Test
  void reportSaysWhereNoRunIs() {
    Ended ended = PROGRAM.run("report", folder.toString());

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.errors())
        .containsExactly(
            folder + ": no run is stored there; give the folder of one, such as runs/quickstart");
  }

  @Test
  void predictAnswersForEveryBudgetInEveryFormat() {
    Ended table = PROGRAM.run("predict", run, "--flops", "1e12,1e13");
    Ended json = PROGRAM.run("predict", run, "--flops", "1e12,1e13", "--output", "json");
    Ended yaml = PROGRAM.run("predict", run, "--flops", "1e12,1e13", "--output", "yaml");

    assertThat(table.status()).as(table.err()).isZero();
    assertThat(table.out()).contains("1e12", "1e13").doesNotContain("\u001b");
    assertThat(json.status()).isZero();
    assertThat(yaml.status()).isZero();
    JsonNode predictions = json.json().path("predictions");
    assertThat(predictions).hasSize(2);
    assertThat(yaml.yaml().path("predictions")).hasSize(2);
    assertThat(json.json().path("confidence").asDouble()).isEqualTo(0.95);
  }

  @Test
  void predictTakesTheStatusFileItself() {
    String status = Path.of(run, "status.yaml").toString();

    assertThat(PROGRAM.run("predict", status, "--flops", "1e12").out())
        .isEqualTo(PROGRAM.run("predict", run, "--flops", "1e12").out());
  }

  @Test
  void predictRefusesABudgetThatIsNoNumber() {
    Ended ended = PROGRAM.run("predict", run, "--flops", "lots");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.errors()).singleElement().asString().contains("'lots' is not a budget");
  }

  @Test
  void predictSaysWhereNoLawsAre() {
    Ended ended = PROGRAM.run("predict", folder.resolve("absent").toString(), "--flops", "1e12");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.errors()).singleElement().asString().contains("absent", "not found");
  }

  @Test
  void theManifestThatARunKeepsCanBeRunAndHasNoNulls() throws IOException {
    Path kept = Path.of(run, "sweep.yaml");

    assertThat(Files.readString(kept)).doesNotContain("null");
    Ended planned = PROGRAM.run("plan", kept.toString());
    assertThat(planned.status()).as(planned.err()).isZero();
  }

  @Test
  void aManifestOfAnEarlierVersionWithNullsCanBeRunToo() throws IOException {
    String text = Files.readString(Path.of(run, "sweep.yaml"));
    assertThat(text).contains("\nspec:\n").contains("  grid:\n");
    Path older =
        Files.writeString(
            folder.resolve("older.yaml"),
            text.replace("  grid:\n", "  grid:\n    shapes: null\n") + "status: null\n");

    Ended planned = PROGRAM.run("plan", older.toString());
    assertThat(planned.status()).as(planned.err()).isZero();
  }
}
