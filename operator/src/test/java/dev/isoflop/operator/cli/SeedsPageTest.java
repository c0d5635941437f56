package dev.isoflop.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The table of docs/seeds.md and what the README shows of a cluster, from the trials that were kept
 * of the quickstart; {@code docs/measured.sh} trains them again.
 */
class SeedsPageTest {
  private static final Path DOCS = Path.of("../docs");
  private static final Pattern LAW =
      Pattern.compile(" *(\\S.*?) += .*C\\^\\S+ +(\\S+) +(\\[[^]]*])  +\\[.*");
  private static final Pattern OPTIMUM = Pattern.compile(" +(\\S+) +\\d+ .* (\\S+) +\\S+");

  /** Output of the fit of one seed's trials, by the first cell of the table's row. */
  private static Map<String, String> fitted(int seed) {
    String table = seed == 0 ? "quickstart.csv" : "quickstart-seed-" + seed + ".csv";
    String printed =
        Program.command(
                "fit",
                DOCS.resolve("measured").resolve(table).toString(),
                "--metric",
                "ValidationLoss@sketches")
            .out();
    Map<String, String> cells = new LinkedHashMap<>();
    printed
        .lines()
        .forEach(
            line -> {
              Matcher law = LAW.matcher(line);
              Matcher optimum = OPTIMUM.matcher(line);
              if (law.matches()) {
                cells.put("exponent of " + law.group(1), law.group(2) + " " + law.group(3));
              } else if (optimum.matches()) {
                cells.put("loss* at " + optimum.group(1) + " FLOPs", optimum.group(2));
              }
            });
    return cells;
  }

  @Test
  void theTableIsWhatTheKeptTrialsGive() throws IOException {
    List<List<String>> rows =
        Files.readAllLines(DOCS.resolve("seeds.md")).stream()
            .filter(line -> line.matches("\\| (exponent|loss).*"))
            .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
            .toList();

    assertThat(rows).hasSize(6).allSatisfy(row -> assertThat(row).hasSize(6));
    for (int seed = 0; seed <= 2; seed++) {
      Map<String, String> cells = fitted(seed);
      for (List<String> row : rows) {
        String name = row.get(1).replace("\\*", "*").replace("the loss on", "ValidationLoss on");
        assertThat(row.get(2 + seed)).as("%s, seed %d", name, seed).isEqualTo(cells.get(name));
      }
    }
  }

  @Test
  void theReadmeShowsTheSameSweepOnACluster() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    Map<String, String> cells = fitted(0);
    Matcher sweep =
        Pattern.compile("\\nquickstart +Completed +(\\d+)/(\\d+) +0 +(\\S+) +(\\S+)\\s")
            .matcher(readme);
    Matcher trial =
        Pattern.compile("\\n(quickstart-\\S+) +Succeeded +\\S+ +\\S+ +\\S+ +(\\S+) ")
            .matcher(readme);
    List<String> kept = Files.readAllLines(DOCS.resolve("measured/quickstart.csv"));

    assertThat(sweep.find()).isTrue();
    assertThat(sweep.group(1)).isEqualTo(sweep.group(2)).isEqualTo(String.valueOf(kept.size() - 1));
    assertThat(cells.get("exponent of N*")).startsWith(sweep.group(3) + " ");
    assertThat(cells.get("exponent of D*")).startsWith(sweep.group(4) + " ");
    assertThat(trial.find()).isTrue();
    List<String> header = List.of(kept.get(0).split(",", -1));
    List<String> row =
        kept.stream()
            .map(line -> List.of(line.split(",", -1)))
            .filter(line -> line.get(header.indexOf("trial")).equals(trial.group(1)))
            .findFirst()
            .orElseThrow();
    assertThat(Double.parseDouble(row.get(header.indexOf("loss"))))
        .isCloseTo(Double.parseDouble(trial.group(2)), within(5e-5));
  }
}
