package dev.isoflop.operator.cli.laws;

import static dev.isoflop.operator.cli.Program.EXAMPLE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isoflop.operator.cli.Program;
import dev.isoflop.operator.cli.Program.Ended;
import dev.isoflop.operator.cli.shared.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LawExportTest {
  private final Path folder;
  private final Path json;

  LawExportTest(@TempDir Path folder) {
    this.folder = folder;
    json = folder.resolve("laws.json");
    Program.command("fit", EXAMPLE.toString(), "--bootstrap", "50", "--export", json.toString());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-20, -10, 12})
  void aMetricTooSteepForNumbersIsRefusedAloneAndAllElseIsWritten(double exponent)
      throws IOException {
    StringBuilder table = new StringBuilder("budget,parameters,tokens,loss,steep\n");
    for (int j = 0; j < 4; j++) {
      double c = 1e17 * Math.pow(3, j);
      for (int i = -2; i <= 2; i++) {
        double n = Math.sqrt(c) / 10 * Math.pow(2, i);
        double loss = 100 * Math.pow(c, -.1) + .01 * i * i;
        double steep = 1e5 * Math.pow(3, exponent * j);
        table.append(
            String.join(",", List.of("" + c, "" + n, "" + c / (6 * n), "" + loss, "" + steep)));
        table.append('\n');
      }
    }
    Path file = Files.writeString(folder.resolve("steep.csv"), table);
    String to = folder.resolve("out").toString();
    Ended run =
        Program.command(
            "fit",
            file.toString(),
            "--bootstrap=20",
            "--predict=1,1e50",
            "--export=" + to + ".tex",
            "--export=" + to + ".py",
            "--export=" + to + ".json",
            "--export=" + to + ".yaml",
            "--report=" + to + ".html");

    assertThat(run.err()).doesNotContain("error");
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    assertThat(folder.resolve("out.html")).isNotEmptyFile();
    assertThat(run.out().contains("so steeply that its coefficient is beyond"))
        .isEqualTo(exponent == -20);
    assertThat(Files.readString(folder.resolve("out.json"))).doesNotContain("Infinity");
  }

  @Test
  void fitAndExportWriteTheSameText() throws IOException {
    Path python = folder.resolve("laws.py");
    Program.command("fit", EXAMPLE.toString(), "--bootstrap", "50", "--export", python.toString());

    assertThat(Program.command("export", json.toString(), "--format", "python").out())
        .isEqualTo(Files.readString(python));
  }

  @Test
  void pythonModuleGivesTheLawsValues() throws IOException, InterruptedException {
    Path python = folder.resolve("exported.py");
    Files.writeString(
        python, Program.command("export", json.toString(), "--format", "python").out());
    String printed =
        python(
            "import json, exported as e; print(json.dumps([e.n_opt(1e20), e.d_opt(1e20),"
                + " e.loss(1e20), e.metric('FID on in-domain', 1e18), e.surface(1e7, 1e10)]))");

    JsonNode values = new ObjectMapper().readTree(printed);
    JsonNode predicted =
        Program.command("predict", json.toString(), "--flops", "1e20", "--output", "json")
            .json()
            .at("/predictions/0");
    assertClose(values.get(0), predicted.get("parameters"));
    assertClose(values.get(1), predicted.get("tokens"));
    assertClose(values.get(2), predicted.get("loss"));
    assertThat(values.get(3).doubleValue()).isCloseTo(7.4, within(0.4));
    assertThat(values.get(4).doubleValue()).isCloseTo(0.93, within(0.02));
  }

  private static void assertClose(JsonNode actual, JsonNode expected) {
    assertThat(actual.doubleValue() / expected.doubleValue()).isCloseTo(1, within(1e-9));
  }

  private String python(String program) throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder("python3", "-c", program)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      return abort("SKIPPED: python3 cannot be started here (" + e.getMessage() + ")");
    }
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }

  @Test
  void lawOfSamplesStandsInEveryFileWhereTheyAreKnownAndInNoneElse() throws IOException {
    Path sheet = folder.resolve("trained.json");
    Program.command(
        "fit",
        "../docs/measured/quickstart.csv",
        "--bootstrap=0",
        "--predict=1e12",
        "--export=" + sheet);
    JsonNode stored = new ObjectMapper().readTree(sheet.toFile());

    assertThat(Program.command("export", sheet.toString(), "--format", "python").out())
        .contains("def s_opt(c):");
    assertThat(Program.command("export", json.toString(), "--format", "python").out())
        .doesNotContain("S_OPT", "S*");
    assertThat(Program.command("export", sheet.toString(), "--format", "latex").out())
        .contains("\\newcommand{\\isoflopSamplesExponent}", "\\[ S^*(C) = ", "Samples $S^*$ & ");
    assertThat(Program.command("export", json.toString(), "--format", "latex").out())
        .doesNotContain("isoflopSamples", "S^*");
    assertClose(predictedSamples(sheet), stored.at("/predictions/0/samples"));
    ((ObjectNode) stored.get("laws")).remove("samples");
    Path earlier =
        Files.writeString(folder.resolve("of-an-earlier-release.json"), stored.toString());
    assertClose(predictedSamples(earlier), stored.at("/predictions/0/samples"));
  }

  private static JsonNode predictedSamples(Path sheet) throws IOException {
    return Program.command("predict", sheet.toString(), "--flops", "1e12", "--output", "json")
        .json()
        .at("/predictions/0/samples");
  }

  @Test
  void latexIsBalancedAndNamesEveryLaw() {
    String latex = Program.command("export", json.toString(), "--format", "latex").out();
    String typeset = latex.replaceAll("(?m)^%.*$", "");

    assertThat(count(typeset, "{")).isEqualTo(count(typeset, "}"));
    assertThat(count(typeset, "\\[")).isEqualTo(count(typeset, "\\]")).isEqualTo(4);
    assertThat(count(typeset, "$") % 2).isZero();
    assertThat(typeset)
        .contains("\\begin{tabular}", "\\end{tabular}")
        .contains("\\newcommand{\\isoflopModelExponent}")
        .contains("\\newcommand{\\isoflopLossExponentInterval}")
        .contains("FID on out-of-domain &");
    assertThat(latex).contains("% Input: sha256:");
    for (String row : typeset.lines().filter(line -> line.endsWith("\\\\")).toList()) {
      assertThat(count(row, "&")).as(row).isEqualTo(6);
    }
  }

  @Test
  void latexEscapesWhatUsersNamed() throws IOException {
    Path table = folder.resolve("odd.csv");
    Files.writeString(
        table, Files.readString(EXAMPLE).replace("FID@in-domain", "rate_%@a_b").replace("#", "# "));
    Path latex = folder.resolve("odd.tex");
    Path python = folder.resolve("odd.py");
    Program.command(
        "fit",
        table.toString(),
        "--bootstrap",
        "0",
        "--export",
        latex.toString(),
        "--export",
        python.toString());

    assertThat(Files.readString(latex)).contains("rate\\_\\% on a\\_b &");
    assertThat(Files.readString(python)).contains("\"rate_% on a_b\": {");
  }

  @Test
  void lawsThatWereRefusedSaySo() throws IOException {
    Path table =
        Files.writeString(
            folder.resolve("one.csv"), "parameters,tokens,loss\n1e6,1e9,1\n2e6,5e8,0.9\n");
    Path latex = folder.resolve("one.tex");
    Path python = folder.resolve("one.py");
    Program.command(
        "fit", table.toString(), "--export", latex.toString(), "--export", python.toString());

    assertThat(Files.readString(latex)).contains("Model size $N^*$ & not fitted");
    assertThat(Files.readString(python))
        .contains("# Compute-optimal parameters N*(C). Not fitted: see FINDINGS.")
        .doesNotContain("def n_opt");
  }

  @Test
  void aTableIsToBeFittedFirst() throws IOException {
    for (String text : List.of("budget,parameters,loss\n1e17,1e6,0.5\n", "a: b: [\n", "[1]")) {
      Path table = Files.writeString(folder.resolve("points.csv"), text);
      Ended run = Program.command("export", table.toString(), "--format", "latex");

      assertThat(run.status()).isEqualTo(ExitStatus.BAD_INPUT);
      assertThat(run.errors())
          .singleElement()
          .asString()
          .endsWith(
              "of a table of points: isoflop fit %s --output json > laws.json".formatted(table))
          .doesNotContain("--predict");
    }
  }

  @Test
  void anUnknownEndingIsRefusedBeforeAnythingIsFitted() {
    Ended run = Program.command("fit", EXAMPLE.toString(), "--export", "laws.doc");

    assertThat(run.status()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("laws.doc: its ending says no format; end it in .json, .yaml, .tex or .py");
  }

  private static int count(String text, String what) {
    return (text.length() - text.replace(what, "").length()) / what.length();
  }
}
