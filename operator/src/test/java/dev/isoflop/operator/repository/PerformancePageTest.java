package dev.isoflop.operator.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The pages of times: each command names a benchmark or a test that there is, and what follows from
 * other figures of a page agrees with them. The times themselves are a machine's.
 */
class PerformancePageTest {
  private static final Pattern NAMED = Pattern.compile("-Dtest=([A-Za-z]+)");

  @Test
  void everyCommandNamesABenchmarkOrATest() throws IOException {
    Map<Path, String> pages =
        RepositoryFiles.matching("docs/(performance|performance-laws|coverage|reliability)\\.md");
    Map<String, String> classes =
        RepositoryFiles.matching(".*/src/test/java/.*\\.java").entrySet().stream()
            .collect(
                Collectors.toMap(
                    file -> file.getKey().getFileName().toString(),
                    Map.Entry::getValue,
                    (one, other) -> one));
    List<String> named = new ArrayList<>();
    for (String page : pages.values()) {
      Matcher test = NAMED.matcher(page);
      while (test.find()) {
        named.add(test.group(1));
      }
    }

    assertThat(named)
        .contains("WorkerBench", "SweepBench", "CoverageBench", "LawsBench")
        .allSatisfy(
            name ->
                assertThat(classes.get(name + ".java"))
                    .as(name)
                    .contains(name.endsWith("Bench") ? "@Tag(\"bench\")" : "@Test"));
  }

  @Test
  void theSharesOfASweepsTimeAreAllOfIt() throws IOException {
    String page = page();
    Matcher sweep =
        Pattern.compile("took (\\d+) s on two slots.* Of the (\\d+)\\s+slot seconds").matcher(page);
    double sum = 0;
    Matcher share = Pattern.compile("\\n\\| (\\d+\\.\\d) % \\|").matcher(page);
    while (share.find()) {
      sum += Double.parseDouble(share.group(1));
    }

    assertThat(sweep.find()).isTrue();
    assertThat(Double.parseDouble(sweep.group(2)))
        .isCloseTo(2 * Double.parseDouble(sweep.group(1)), within(1.0));
    assertThat(sum).isCloseTo(100, within(.3));
  }

  /** Nearly: the ratio is the median of the rounds' ratios, not that of the medians. */
  @Test
  void ratiosAreThoseOfTheirTimes() throws IOException {
    List<List<String>> rows = rows("\\| \\d+ \\| (FP32|BF16) \\|.*");

    assertThat(rows).hasSizeGreaterThanOrEqualTo(12);
    for (List<String> row : rows) {
      double ratio = number(row.get(3)) / number(row.get(4));
      assertThat(number(row.get(5))).as("%s", row).isCloseTo(ratio, within(.03));
    }
  }

  /** Shares of the data sheet's 989 and the product's 787 TFLOP/s. */
  @Test
  void sharesOfAGpuFollowFromItsRate() throws IOException {
    List<List<String>> rows = rows("\\| \\d+(\\.\\d)?M \\|.*");

    assertThat(rows).hasSizeGreaterThanOrEqualTo(3);
    for (List<String> row : rows) {
      double rate = number(row.get(3));
      assertThat(number(row.get(4))).as("%s", row).isCloseTo(100 * rate / 989, within(.1));
      assertThat(number(row.get(5))).as("%s", row).isCloseTo(100 * rate / 787, within(.1));
    }
  }

  private static String page() throws IOException {
    return String.join("\n", RepositoryFiles.matching("docs/performance\\.md").values());
  }

  private static List<List<String>> rows(String pattern) throws IOException {
    return page()
        .lines()
        .filter(line -> line.matches(pattern))
        .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
        .map(cells -> cells.subList(1, cells.size() - 1))
        .toList();
  }

  /** The number that a cell begins with. */
  private static double number(String cell) {
    return Double.parseDouble(cell.split("[ M(]", 2)[0]);
  }
}
