package dev.isoflop.operator.cli.laws;

import static dev.isoflop.operator.cli.Program.EXAMPLE;
import static org.assertj.core.api.Assertions.assertThat;

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

class PredictCommandTest {
  private final Path folder;

  PredictCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void withoutAnyLawItFailsAndSaysWhy() throws IOException {
    Path laws = fitted(table("1e17", "1e18"));
    Ended run = Program.command("predict", laws.toString(), "--flops", "1e20");

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("has no laws to predict with")
        .contains("N*(C): 2 budgets with a usable value (1e17, 1e18), a law needs 3");
  }

  @Test
  void aStatusWithoutLawsIsNoWrongSource() throws IOException {
    Path status = Files.writeString(folder.resolve("status.yaml"), "status: {budgets: []}\n");
    Ended run = Program.command("predict", status.toString(), "--flops", "1e20");

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).contains("holds no laws");
  }

  @Test
  void aFolderWithoutARunIsNamed() {
    Ended run = Program.command("predict", folder.toString(), "--flops", "1e20");

    assertThat(run.status()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(run.errors())
        .containsExactly(
            folder + ": no run is stored there; give the folder of one, such as runs/quickstart");
  }

  @Test
  void oneMissingLawIsExplainedAndTheOthersPredict() throws IOException {
    // losses of either sign have no power law, but optima all the same
    String losses = Files.readString(table("1e17", "1e18", "1e19"));
    Path table = Files.writeString(folder.resolve("shifted.csv"), shift(losses, 4));
    Path laws = fitted(table);
    Ended run = Program.command("predict", laws.toString(), "--flops", "1e20");

    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    assertThat(run.err().replaceAll("\\s+", " ")).contains("note: loss(C): its value at budget");
    assertThat(run.out()).contains("loss: not predicted, as no law was fitted");
  }

  @Test
  void aColumnThatIsMissingLeavesTheOneOfTheUsualName() {
    Ended run = Program.command("fit", EXAMPLE.toString(), "--column", "loss=my_loss");

    assertThat(run.errors())
        .contains(
            EXAMPLE
                + ": has no column 'my_loss'; its column 'loss' holds the loss if no --column"
                + " names another");
  }

  @Test
  void aFitWithoutLawsDrawsNoEmptyTable() {
    Ended run = Program.command("fit", EXAMPLE.toString(), "--bootstrap", "0", "--hold-out", "4");

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    String predictions = run.out().substring(run.out().indexOf("Predictions"));
    assertThat(predictions)
        .contains("N*, D*, loss: not predicted, as no law was fitted")
        .doesNotContain("SAMPLES");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e-300", "0.5", "0", "-1e18", "1e51", "1e400", "NaN"})
  void budgetsThatNoTrainingHasAreRefused(String flops) throws IOException {
    Ended run = Program.command("predict", laws().toString(), "--flops=" + flops);

    assertThat(run.status()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(run.err()).contains("'--flops'").contains("'" + flops + "' is not a budget");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1e40", "1e50"})
  void farBudgetsArePredictedWithTheirDistance(String flops) throws IOException {
    Ended run = Program.command("predict", laws().toString(), "--flops", flops);

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out()).contains("outside the fitted budgets");
  }

  private Path laws() {
    Path laws = folder.resolve("laws.json");
    Program.command("fit", EXAMPLE.toString(), "--bootstrap", "0", "--export", laws.toString());
    return laws;
  }

  private Path fitted(Path table) {
    Path laws = folder.resolve("laws.json");
    Program.command("fit", table.toString(), "--bootstrap", "0", "--export", laws.toString());
    assertThat(laws).exists();
    return laws;
  }

  private Path table(String... budgets) throws IOException {
    StringBuilder text = new StringBuilder("budget,parameters,tokens,loss\n");
    for (String budget : List.of(budgets)) {
      double c = Double.parseDouble(budget);
      for (int i = -2; i <= 2; i++) {
        double n = Math.sqrt(c) / 10 * Math.pow(2, i);
        double loss = 2 + 100 * Math.pow(c, -.1) + .01 * i * i;
        text.append(c + "," + n + "," + c / (6 * n) + "," + loss + "\n");
      }
    }
    return Files.writeString(folder.resolve("table.csv"), text);
  }

  /** The table with a number taken from every loss. */
  private static String shift(String table, double by) {
    StringBuilder text = new StringBuilder();
    for (String line : table.lines().toList()) {
      int last = line.lastIndexOf(',') + 1;
      text.append(
          line.startsWith("budget")
              ? line
              : line.substring(0, last) + (Double.parseDouble(line.substring(last)) - by));
      text.append('\n');
    }
    return text.toString();
  }
}
