package dev.isoflop.laws.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.laws.fit.CoverageBench.Scenario;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.options.OffsetChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The first table of docs/coverage.md, without its bootstrap, which takes {@link CoverageBench}:
 * the same sweeps, fitted again, give the printed digits.
 */
class CoveragePageTest {
  private static final int FIRST = 100_000;
  private static final int SWEEPS = 1_000;
  private static final LawOptions OPTIONS =
      LawOptions.defaults().withBootstrap(0).withOffsets(OffsetChoice.NEVER);

  /** Cells of the rows below the heading that names the tables of 1,000 sweeps. */
  private static List<List<String>> rows() throws IOException {
    List<String> page = Files.readAllLines(Path.of("../docs/coverage.md"));
    int heading = page.indexOf(HEADING);
    assertThat(heading).isPositive();
    return page.stream()
        .skip(heading + 2L)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
        .map(cells -> cells.subList(1, cells.size() - 1))
        .toList();
  }

  private static final String HEADING =
      "| sweeps | Student | bootstrap | median width of Student | of bootstrap | `ParabolaBiased`"
          + " |";

  @Test
  void theRowsAreThoseOfTheBench() throws IOException {
    assertThat(rows())
        .extracting(row -> row.get(0))
        .containsExactlyElementsOf(CoverageBench.scenarios().stream().map(Scenario::name).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "symmetric, noise 0.003",
        "symmetric, budgets scatter 10 %",
        "chinchilla, drift to 3x",
        "asymmetric, drift to 3x"
      })
  void aRowIsWhatTheSweepsGive(String name) throws IOException {
    List<String> row =
        rows().stream().filter(cells -> cells.get(0).equals(name)).findFirst().orElseThrow();
    Coverage coverage =
        CoverageBench.scenarios().stream()
            .filter(scenario -> scenario.name().equals(name))
            .findFirst()
            .orElseThrow()
            .coverage(FIRST, SWEEPS, OPTIONS);

    assertThat(coverage.refused()).isZero();
    assertThat(row.get(1)).isEqualTo(printed("%.1f %%", 100 * coverage.student()));
    assertThat(row.get(3)).isEqualTo(printed("%.4f", coverage.studentWidth()));
    assertThat(row.get(5)).isEqualTo(printed("%.0f %%", 100 * coverage.biased()));
  }

  private static String printed(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
