package dev.isoflop.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isoflop.operator.cli.Program.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that a report prints, run as they stand there, give its laws again. */
@Timeout(120)
class RepetitionTest {
  private static final String NOISY =
      Manifests.with(
          "laws: {bootstrap: 50}", "laws: {bootstrap: 70, confidence: 0.9, predict: [3e11]}");

  private final Program program = Program.running(ScriptedRunner.succeeding());
  private final Path folder;
  private final Path run;

  RepetitionTest(@TempDir Path folder) {
    this.folder = folder;
    run = folder.resolve("runs/small");
  }

  private void train(String manifest) {
    Ended ended =
        program.run(
            "run", Manifests.write(folder, manifest), "--dir", folder.resolve("runs").toString());
    assertThat(ended.status()).as(ended.err()).isZero();
  }

  private Document page() throws IOException {
    return Jsoup.parse(Files.readString(run.resolve("report.html")));
  }

  private static List<String> commands(Document page) {
    return page.select("pre[aria-label=Commands]").stream()
        .flatMap(it -> it.wholeText().lines())
        .toList();
  }

  private Ended repeat(String command, String... more) {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    assertThat(words.remove(0)).isEqualTo("./isoflop");
    words.addAll(List.of(more));
    Ended ended = program.run(words.toArray(String[]::new));
    assertThat(ended.status()).as("%s: %s", command, ended.err()).isZero();
    return ended;
  }

  private static String fact(Document page, String name) {
    return page.select("dl div:has(dt:containsOwn(%s)) dd".formatted(name)).text();
  }

  @Test
  void everyCommandOfThePageRunsAndTheFitHasItsDigestAndItsLaws() throws IOException {
    train(NOISY);
    Document page = page();
    List<String> commands = commands(page);

    assertThat(commands).hasSize(2);
    repeat(commands.get(0));
    assertThat(fact(page(), "Input digest")).isEqualTo(fact(page, "Input digest"));
    Ended fit = repeat(commands.get(1), "--output", "json");
    JsonNode laws = fit.json().path("laws");
    assertThat(laws.at("/provenance/inputDigest").asText())
        .isEqualTo(fact(page, "Input digest"))
        .startsWith("sha256:");
    assertThat(laws.at("/provenance/convention").asText()).isEqualTo(fact(page, "FLOP convention"));
    assertThat(laws.path("metrics")).isEmpty();
    assertThat(fit.json().path("predictions")).hasSize(1);
    assertThat(fit.err()).doesNotContain("note:");
    assertThat(repeat(commands.get(1)).out()).contains("convention Analytic");
  }

  @Test
  void theTableOfARunFitsWithoutOptionsToo() throws IOException {
    train(NOISY);

    Ended fit = program.run("fit", run.resolve("trials.csv").toString());

    assertThat(fit.err()).doesNotContain("say how they were counted");
    assertThat(fit.out())
        .contains("convention Analytic")
        .doesNotContain("Unstated", "ValidationLoss", "train_loss");
  }

  @Test
  void theBudgetThatTheLawsWereKeptFromIsHeldOutAgain() throws IOException {
    train(
        NOISY
            .replace("budgets: [1e10, 3e10, 1e11]", "budgets: [1e10, 3e10, 1e11, 3e11]")
            .replace("predict: [3e11]", "holdOutLargest: true"));
    String command = commands(page()).get(1);

    assertThat(command).contains("--hold-out 1");
    assertThat(
            repeat(command, "--output", "json").json().at("/laws/provenance/inputDigest").asText())
        .isEqualTo(fact(page(), "Input digest"));
  }
}
