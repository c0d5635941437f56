package dev.isoflop.operator.cli.laws;

import static dev.isoflop.operator.cli.Program.EXAMPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isoflop.operator.cli.Program;
import dev.isoflop.operator.cli.Program.Ended;
import dev.isoflop.operator.cli.shared.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FitCommandTest {
  private final Path folder;

  FitCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** They say what a model was measured on, and are no measurement. */
  @Test
  void countsOfBrokenSamplesAreNoMetrics(@TempDir Path folder) throws Exception {
    StringBuilder table =
        new StringBuilder(
            "budget,parameters,tokens,loss,broken_samples,broken_samples@data.train\n");
    for (double budget : new double[] {1e17, 1e18, 1e19}) {
      for (int i = -2; i <= 2; i++) {
        double n = Math.sqrt(budget / 1e5) * Math.pow(2, i);
        table.append(
            "%s,%s,%s,%s,7,7\n"
                .formatted(budget, n, budget / 6 / n, 1e3 / Math.sqrt(n) + 0.01 * i * i));
      }
    }
    Path file = Files.writeString(folder.resolve("points.csv"), table);
    Program.Ended ended = Program.command("fit", file.toString(), "--bootstrap", "0");

    assertThat(ended.err()).contains("not used: broken_samples");
    assertThat(ended.out()).doesNotContain("broken_samples");
  }

  @Test
  void findsTheExponentsOfTheSurfaceThatTheExampleIsDrawnFrom() {
    JsonNode laws = fit("--bootstrap", "200", "--output", "json").json().get("laws");

    double truth = 0.19 / (0.19 + 0.21);
    JsonNode interval = laws.at("/parameters/interval/exponent");
    assertThat(interval.get("lower").doubleValue()).isLessThan(truth);
    assertThat(interval.get("upper").doubleValue()).isGreaterThan(truth);
    assertThat(laws.at("/surface/alpha").doubleValue()).isCloseTo(0.21, within(0.06));
    assertThat(laws.at("/surface/points").intValue()).isEqualTo(42);
    assertThat(laws.at("/surface/objective").doubleValue()).isBetween(1e-6, 1e-3);
    assertThat(laws.at("/surface/alphaInterval/lower").doubleValue()).isLessThan(0.21);
    assertThat(laws.at("/surface/alphaInterval/upper").doubleValue()).isGreaterThan(0.21);
  }

  @Test
  void comparesEvaluationSetsThatColumnsName() {
    JsonNode metrics = fit("--bootstrap", "100", "--output", "json").json().at("/laws/metrics");

    JsonNode fid = metric(metrics, "FID", "out-of-domain").get("offsetFrom");
    assertThat(fid.get("dataset").textValue()).isEqualTo("in-domain");
    assertThat(fid.get("slopeDifference").doubleValue()).isPositive();
    assertThat(fid.at("/interval/lower").doubleValue()).isPositive();
    JsonNode loss = metric(metrics, "ValidationLoss", "out-of-domain").get("offsetFrom");
    assertThat(loss.at("/interval/lower").doubleValue()).isNegative();
    assertThat(loss.at("/interval/upper").doubleValue()).isPositive();
    assertThat(metric(metrics, "FID", "in-domain").has("offsetFrom")).isFalse();
  }

  private static JsonNode metric(JsonNode metrics, String name, String dataset) {
    for (JsonNode metric : metrics) {
      if (metric.get("metric").textValue().equals(name)
          && metric.get("dataset").textValue().equals(dataset)) {
        return metric;
      }
    }
    throw new AssertionError("no " + name + " on " + dataset + " in " + metrics);
  }

  @Test
  void predictsTheBudgetsItHoldsOutBesideWhatWasMeasured() {
    JsonNode sheet = fit("--hold-out", "2", "--bootstrap", "0", "--output", "json").json();

    assertThat(sheet.get("budgets")).hasSize(6);
    assertThat(sheet.at("/laws/parameters/points").intValue()).isEqualTo(4);
    assertThat(sheet.get("predictions")).hasSize(2);
    assertThat(sheet.at("/predictions/0/flops").doubleValue()).isEqualTo(3e18);
    assertThat(sheet.at("/predictions/0/measured").doubleValue())
        .isEqualTo(sheet.at("/budgets/4/optimum/loss").doubleValue());
    assertThat(sheet.at("/predictions/1/extrapolationFactor").doubleValue())
        .isCloseTo(6, within(1e-9));
    assertThat(sheet.at("/fit/heldOut/1").doubleValue()).isEqualTo(6e18);
  }

  @Test
  void predictionsFromAFileKnowHowFarTheLawsReach() throws IOException {
    Path json = folder.resolve("laws.json");
    JsonNode fitted =
        fit("--hold-out", "1", "--predict", "1e20", "--export", json.toString(), "--output", "json")
            .json()
            .at("/predictions/1");
    JsonNode predicted =
        Program.command("predict", json.toString(), "--flops", "1e20", "--output", "json")
            .json()
            .at("/predictions/0");

    assertThat(predicted.get("extrapolationFactor")).isEqualTo(fitted.get("extrapolationFactor"));
    for (String interval : new String[] {"interval", "parametersInterval", "tokensInterval"}) {
      double file = predicted.get(interval).get("upper").doubleValue();
      assertThat(file / fitted.get(interval).get("upper").doubleValue()).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void refusesToHoldOutEveryBudget() {
    Ended run = fit("--hold-out", "6");

    assertThat(run.status()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(run.err())
        .contains("--hold-out 6: the table has 6 budgets, which leaves none to fit");
  }

  @Test
  void refusesToHoldOutLessThanNothing() {
    Ended run = fit("--hold-out", "-1");

    assertThat(run.status()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(run.err())
        .contains("--hold-out -1: is not a number of budgets; give 0, or how many");
  }

  @Test
  void countsModelsAndNotTheirCopies() throws IOException {
    String table = Files.readString(EXAMPLE);
    String rows = table.substring(table.indexOf('\n', table.indexOf("budget,")) + 1);
    Path twice =
        Files.writeString(folder.resolve("twice.csv"), table.stripTrailing() + "\n" + rows);
    Ended run = Program.command("fit", twice.toString(), "--bootstrap", "0");

    assertThat(run.out())
        .startsWith(twice + ": 42 models at 6 budgets, and 42 rows that repeat others\n");
  }

  @Test
  void confidencesAreNeverRoundedToCertainty() {
    assertThat(fit("--confidence", "0.999999").out())
        .contains("99.9999 % (T)")
        .doesNotContain("100 %");
    assertThat(fit("--confidence", "0.9").out()).contains("90 % (T)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--loss-scale log",
        "--robust",
        "--weighting precision",
        "--surface least-squares",
        "--resample trials",
        "--resample budgets",
        "--no-offset",
        "--seed 1"
      })
  void everyChoiceOfTheFitIsTakenAndRecorded(String choice) {
    JsonNode usual = fit("--bootstrap", "20", "--output", "json").json();
    String[] words = ("--bootstrap 20 --output json " + choice).split(" ");
    JsonNode chosen = fit(words).json();

    assertThat(chosen.get("fit")).isNotEqualTo(usual.get("fit"));
    assertThat(chosen.at("/laws/provenance/inputDigest"))
        .isNotEqualTo(usual.at("/laws/provenance/inputDigest"));
  }

  @Test
  void outputIsTheSameWhateverItIsWrittenTo() throws IOException {
    Path json = folder.resolve("laws.json");
    Ended run = fit("--bootstrap", "20", "--output", "json", "--export", json.toString());

    assertThat(Files.readString(json)).isEqualTo(run.out());
    assertThat(run.err()).contains("wrote " + json);
  }

  @Test
  void documentsHoldNumbersThatEveryReaderTakesForNumbers() {
    String yaml = fit("--bootstrap", "0", "--output", "yaml").out();
    String json = fit("--bootstrap", "0", "--output", "json").out();

    assertThat(yaml).contains("flops: 1.0e+17").doesNotContainPattern(": -?[\\d.]+[eE]\\d");
    assertThat(json + yaml).doesNotContain("NaN", "Infinity");
  }

  @Test
  void writesAPageOfTheFit() throws IOException {
    Path page = folder.resolve("fit.html");
    Ended run = fit("--bootstrap", "50", "--predict", "1e20", "--report", page.toString());

    Document html = Jsoup.parse(Files.readString(page));
    assertThat(run.out()).contains("wrote " + page);
    assertThat(html.select("h1").text()).isEqualTo("points.csv");
    assertThat(html.select("#isoflop-1-1-wide [data-series^=trials] > .mark")).hasSize(42);
    assertThat(html.select("#hold-out-table tbody tr")).hasSize(6);
    assertThat(html.select("#offset-table tbody tr")).hasSize(2);
    assertThat(html.select("#surface .panel")).hasSize(3);
    assertThat(html.select("#law-table .note").text()).contains("AICc");
    assertThat(html.select("#training")).isEmpty();
    assertThat(html.select(".reproduce").text())
        .contains("--predict 1e20 --report")
        .doesNotContain("trials.csv");
  }

  @Test
  void writesTheDrawingsOfThePage() throws IOException {
    Path drawings = folder.resolve("drawings");
    fit("--bootstrap", "0", "--figures", drawings.toString());

    for (String name : new String[] {"isoflop-1", "laws-1", "laws-3", "surface-2", "residuals-1"}) {
      assertThat(Files.readString(drawings.resolve(name + ".svg")))
          .startsWith("<svg style=\"background:#ffffff\" xmlns=\"http://www.w3.org/2000/svg\"");
    }
  }

  @Test
  void oneBudgetIsRefusedWithWhatToAdd() throws IOException {
    Ended run =
        fitTable(
            """
            budget,parameters,tokens,loss
            1e17,1e6,1.66e10,1.04
            1e17,2e6,8.33e9,1.02
            1e17,4e6,4.16e9,1.03
            1e17,8e6,2.08e9,1.06
            """);

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.out())
        .contains("1 budget with a usable value (1e17), a law needs 3; add budgets")
        .contains("surface: 4 points, its five coefficients need at least 6; train 2 more");
  }

  @Test
  void equalSizesAreRefusedWithWhatToAdd() throws IOException {
    Ended run =
        fitTable(
            """
            budget,parameters,tokens,loss
            1e17,4e6,4.16e9,1.03
            3e17,4e6,1.25e10,1.00
            6e17,4e6,2.5e10,0.98
            """);

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.out())
        .containsIgnoringWhitespaces(
            "budget 1e17: 1 size (4M), a parabola needs 3; add at least 2 more sizes at 1e17");
  }

  @Test
  void aMinimumBelowTheSizesIsRefusedWithTheSideToAddTo() throws IOException {
    Ended run =
        fitTable(
            """
            budget,parameters,tokens,loss
            1e17,3.1e6,5.37e9,1.02
            1e17,6.2e6,2.69e9,1.04
            1e17,12.4e6,1.34e9,1.08
            """);

    assertThat(run.out()).contains("add sizes below 3.1M at 1e17");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tokens=0|--unit tokens=0.0: is not a unit",
        "tokens=-1|--unit tokens=-1.0: is not a unit",
        "tokens=1e400|--unit tokens=Infinity: is not a unit",
        "loss=2|--unit loss=2.0: only budget, parameters, tokens and samples have units",
        "trial=3|--unit trial=3.0: only budget, parameters, tokens and samples have units",
        "samples=1e9|has no column for the samples, so --unit samples=1.0E9 stands for nothing",
        "tokens=1e39|times its unit, 1.0E39, is beyond 1e40",
      })
  void aUnitThatCannotBeIsRefused(String unit, String message) {
    Ended run = fit("--unit", unit);

    assertThat(run.err()).contains(message);
    assertThat(run.status()).isEqualTo(ExitStatus.BAD_INPUT);
  }

  @Test
  void oneColumnCannotHoldTwoQuantities() {
    Ended run = fit("--column", "loss=tokens");

    assertThat(run.status()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(run.err())
        .contains(
            "column 'tokens' cannot hold both the tokens and the loss; choose another for one");
  }

  private Ended fitTable(String rows) throws IOException {
    Path table = Files.writeString(folder.resolve("table.csv"), rows);
    return Program.command("fit", table.toString(), "--bootstrap", "0");
  }

  private static Ended fit(String... options) {
    String[] arguments = new String[options.length + 2];
    arguments[0] = "fit";
    arguments[1] = EXAMPLE.toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    return Program.command(arguments);
  }

  @Test
  void columnsThatHoldNothingAreLeftOut(@TempDir Path bare) throws IOException {
    StringBuilder table = new StringBuilder("budget,parameters,tokens,loss\n");
    for (double c : new double[] {1e17, 1e18, 1e19}) {
      for (int i = -2; i <= 2; i++) {
        double n = Math.sqrt(c) / 10 * Math.pow(2, i);
        double loss = 2 + 100 * Math.pow(c, -.1) + .01 * i * i;
        table.append(c + "," + n + "," + c / (6 * n) + "," + loss + "\n");
      }
    }
    String points = Files.writeString(bare.resolve("bare.csv"), table).toString();

    String out = Program.command("fit", points, "--bootstrap", "0").out();

    assertThat(out).contains("BUDGET", "TRIALS", "LOSS").doesNotContain("SAMPLES", "BOOTSTRAP");
  }
}
