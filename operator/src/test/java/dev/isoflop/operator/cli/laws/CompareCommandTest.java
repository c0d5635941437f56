package dev.isoflop.operator.cli.laws;

import static dev.isoflop.operator.cli.Program.EXAMPLE;
import static dev.isoflop.operator.cli.Program.OTHER_EXAMPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isoflop.operator.cli.Program;
import dev.isoflop.operator.cli.Program.Ended;
import dev.isoflop.operator.cli.shared.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompareCommandTest {
  private final Path folder;

  CompareCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aSmallerModelTermIsTheLowerLossAtEqualCompute() {
    JsonNode pair =
        Program.command(
                "compare",
                EXAMPLE.toString(),
                OTHER_EXAMPLE.toString(),
                "--bootstrap",
                "0",
                "--output",
                "json")
            .json()
            .at("/pairs/0");

    assertThat(pair.get("first").textValue()).isEqualTo("points.csv");
    JsonNode equal = verdict(pair, "equal-compute", "loss");
    assertThat(equal.get("better").textValue()).isEqualTo("points-other.csv");
    for (JsonNode loss : pair.get("losses")) {
      assertThat(loss.at("/interval/upper").doubleValue()).isLessThan(1);
    }
    for (JsonNode multiplier : pair.get("multipliers")) {
      assertThat(multiplier.get("multiplier").doubleValue()).isGreaterThan(1);
    }
    // Both surfaces have the same exponents, and no noise may make a verdict of that.
    assertThat(verdict(pair, "model", "N*").has("better")).isFalse();
    assertThat(verdict(pair, "data", "N*").has("better")).isFalse();
  }

  @Test
  void theSameLawsCannotBeToldApartWhereverTheyCameFrom() {
    Path json = folder.resolve("laws.json");
    Program.command("fit", EXAMPLE.toString(), "--bootstrap", "0", "--export", json.toString());
    Ended run =
        Program.command(
            "compare", "ours=" + EXAMPLE, "theirs=" + json, "--bootstrap", "0", "--output", "json");

    JsonNode pair = run.json().at("/pairs/0");
    assertThat(run.err()).doesNotContain("no intervals");
    assertThat(pair.get("second").textValue()).isEqualTo("theirs");
    for (JsonNode verdict : pair.get("verdicts")) {
      assertThat(verdict.has("better")).as(verdict.toString()).isFalse();
    }
    for (JsonNode loss : pair.get("losses")) {
      assertThat(loss.get("ratio").doubleValue()).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void threeSweepsAreRankedAtTheEndInOneSentence() {
    Ended run =
        Program.command(
            "compare",
            EXAMPLE.toString(),
            "a-name-as-long-as-those-of-runs-often-are=" + OTHER_EXAMPLE,
            "again=" + EXAMPLE,
            "--bootstrap",
            "0");

    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    List<String> end =
        run.out().substring(run.out().lastIndexOf("All 3 sweeps")).strip().lines().toList();
    assertThat(end).hasSizeBetween(2, 5).allMatch(line -> line.length() <= 80);
    assertThat(String.join(" ", end).replaceAll(" +", " "))
        .contains(
            "At equal compute, a-name-as-long-as-those-of-runs-often-are reaches the lowest loss;"
                + " 1 of 3 pairs cannot be told apart.");
  }

  @Test
  void threeSourcesFitTwoScreensAndNothingIsSaidTwice() {
    Ended run = three(80);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out().lines().count()).isLessThanOrEqualTo(95);
    String told = (run.err() + run.out()).replaceAll("\\s+", " ");
    for (String once :
        List.of("taken as metrics:", "MULTIPLIER:", "the difference may be 0", "see --wide")) {
      assertThat(told.split(Pattern.quote(once), -1)).as(once).hasSizeLessThanOrEqualTo(2);
    }
    assertThat(told)
        .contains("note: points.csv, points-other.csv, again: taken as metrics:")
        .contains("cannot tell in all other cases: the difference may be 0 (98.33 %)");
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 72, 80, 120})
  void headingsAreWholeAndTablesStayTables(int columns) {
    List<String> lines = three(columns).out().lines().map(String::strip).toList();

    assertThat(lines)
        .filteredOn(line -> line.startsWith("EXPONENT OF"))
        .hasSize(3)
        .allMatch(line -> line.matches("EXPONENT OF( +[ABC] +[ABC])? +DIFFERENCE +98.33 %"));
    assertThat(lines)
        .filteredOn(line -> line.startsWith("C "))
        .hasSize(3)
        .allMatch(line -> line.matches("C( +[ABC] +[ABC])? +RATIO +98.33 % +MULTIPLIER +95 %"));
    assertThat(lines).contains("A: points.csv; B: points-other.csv; C: again");
    assertThat(lines).anyMatch(line -> line.matches("RULE +LAW +BETTER"));
    assertThat(lines).anyMatch(line -> line.matches("model, on .*N\\* and D\\* +cannot tell"));
  }

  @Test
  void severalSweepsShowTheIntervalsThatTheirVerdictsRestOn() {
    String wide = three(Integer.MAX_VALUE).out();

    assertThat(wide).containsPattern("EXPONENT OF .* 95 % +98\\.33 %");
    assertThat(wide)
        .containsPattern("ValidationLoss on out-of-domain +points.csv than points-other.csv;")
        .containsPattern(
            "ValidationLoss on out-of-domain .*\\[0\\.00094, 0\\.00581\\] +\\[0\\.00018,"
                + " 0\\.00657\\]");
  }

  @Test
  void aRunOfManyBudgetsShowsSomeOfThemAndSaysSo() throws IOException {
    StringBuilder table = new StringBuilder("budget,parameters,tokens,loss\n");
    for (int b = 0; b < 12; b++) {
      double c = 1e17 * Math.pow(2, b);
      for (int i = -2; i <= 2; i++) {
        double n = Math.sqrt(c) / 10 * Math.pow(2, i);
        double loss = 100 * Math.pow(c, -.1) + .01 * i * i;
        table.append(c + "," + n + "," + c / (6 * n) + "," + loss + "\n");
      }
    }
    String many = Files.writeString(folder.resolve("many.csv"), table).toString();
    String[] command = {"compare", "a=" + many, "b=" + many, "--bootstrap", "0"};
    Program program = Program.withoutSweeps();

    String narrow = program.withColumns(80).run(command).out();
    assertThat(narrow).contains("6 of up to 12 budgets; --wide shows all").contains("2.05e20");
    assertThat(program.run(command).out().lines().filter(line -> line.matches("  \\d\\S*e\\d+ .*")))
        .hasSize(12);
  }

  private static Ended three(int columns) {
    return Program.withoutSweeps()
        .withColumns(columns)
        .run(
            "compare",
            EXAMPLE.toString(),
            OTHER_EXAMPLE.toString(),
            "again=" + EXAMPLE,
            "--bootstrap",
            "0");
  }

  @Test
  void tableEndsWithTheVerdicts() {
    Ended run =
        Program.command(
            "compare", EXAMPLE.toString(), OTHER_EXAMPLE.toString(), "--bootstrap", "0");

    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    String last = run.out().substring(run.out().lastIndexOf("RULE"));
    assertThat(last)
        .containsPattern("model, on equal data +N\\* and D\\* +cannot tell")
        .containsPattern("lower loss at equal compute +loss +points-other.csv");
  }

  @Test
  void pageDrawsEverySweepOnCommonAxes() throws IOException {
    Path page = folder.resolve("compared.html");
    Program.command(
        "compare",
        "a=" + EXAMPLE,
        "b=" + OTHER_EXAMPLE,
        "--bootstrap",
        "0",
        "--report",
        page.toString(),
        "--figures",
        folder.resolve("svg").toString());

    Document html = Jsoup.parse(Files.readString(page));
    assertThat(html.select("h1").text()).isEqualTo("a and b");
    assertThat(html.select(".result").text())
        .isEqualTo("At equal compute, b reaches a lower loss than a.");
    for (int panel = 1; panel <= 3; panel++) {
      String drawing = "#compared-laws-" + panel;
      assertThat(html.select(drawing + " [data-series='optima of a'] > .mark")).hasSize(6);
      assertThat(html.select(drawing + " [data-series='optima of b'] > .mark")).hasSize(6);
      assertThat(html.select(drawing + " .band path")).hasSize(2);
    }
    assertThat(html.select("#pair-1-readings tbody tr")).hasSizeGreaterThanOrEqualTo(4);
    assertThat(html.select("#pair-1-equal tbody tr")).hasSize(6);
    assertThat(folder.resolve("svg/compared-laws-1.svg")).isNotEmptyFile();
  }

  @Test
  void aSourceWithoutLawsLeavesNothingToCompare() throws IOException {
    List<String> twoBudgets =
        Files.readAllLines(EXAMPLE).stream()
            .filter(line -> line.matches("(?:budget|[13]e\\+17,).*"))
            .toList();
    Path few = Files.write(folder.resolve("few.csv"), twoBudgets);
    Ended run = Program.command("compare", EXAMPLE.toString(), few.toString(), "--bootstrap", "0");

    assertThat(run.out()).contains("the sweeps have no law in common");
    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
  }

  @Test
  void sourcesOfOneNameAreRefused() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Path copy = Files.copy(EXAMPLE, other.resolve("points.csv"));
    Ended run = Program.command("compare", EXAMPLE.toString(), copy.toString(), "--bootstrap", "0");

    assertThat(run.status()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(run.err()).contains("'points.csv' stands for two sweeps; give each a name");
  }

  @Test
  void oneSourceIsNoComparison() {
    Ended run = Program.command("compare", EXAMPLE.toString());

    assertThat(run.status()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(run.err()).contains("compare --help");
  }

  private static JsonNode verdict(JsonNode pair, String rule, String law) {
    for (JsonNode verdict : pair.get("verdicts")) {
      if (verdict.get("rule").textValue().equals(rule)
          && verdict.get("law").textValue().equals(law)) {
        return verdict;
      }
    }
    throw new AssertionError("no verdict by " + rule + " in " + pair);
  }
}
