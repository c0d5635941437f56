package dev.isoflop.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.operator.cli.Program.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the documentation shows is what the commands print. A block below {@code <!-- printed by:
 * COMMAND -->} holds lines of that command's output, in order; lines may be left out.
 */
class DocumentedOutputTest {
  private static final Pattern BLOCK =
      Pattern.compile("<!-- printed by: (.+?) -->\\n```[a-z]*\\n(.*?)\\n```", Pattern.DOTALL);

  static List<Arguments> blocks() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(Path.of("../README.md")));
    try (Stream<Path> docs = Files.list(Path.of("../docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    List<Arguments> blocks = new ArrayList<>();
    for (Path page : pages) {
      Matcher block = BLOCK.matcher(Files.readString(page));
      while (block.find()) {
        blocks.add(Arguments.of(page.getFileName(), block.group(1), block.group(2)));
      }
    }
    return blocks;
  }

  @Test
  void thereAreSuchBlocks() throws IOException {
    assertThat(blocks()).hasSizeGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("blocks")
  void aBlockHoldsLinesOfItsCommandsOutput(Path page, String command, String block) {
    String[] words = command.replace("examples/", "../examples/").split(" ", -1);
    Ended ended = Program.command(words);

    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(ended.out().lines().map(String::strip))
        .containsSubsequence(
            block.lines().map(String::strip).filter(line -> !line.isEmpty()).toList());
  }

  /** The table of docs/laws.md on what the bootstrap resamples. */
  @ParameterizedTest
  @CsvSource({"deviations", "trials", "budgets"})
  void theIntervalsByResamplingAreThoseOfTheCommand(String scheme) throws IOException {
    String row =
        Files.readString(Path.of("../docs/laws.md"))
            .lines()
            .filter(line -> line.startsWith("| `" + scheme + "`"))
            .findFirst()
            .orElseThrow();
    String interval = Arrays.asList(row.split("\\|", -1)).get(2).strip();
    String law =
        Program.command("fit", Program.EXAMPLE.toString(), "--resample", scheme)
            .out()
            .lines()
            .filter(line -> line.strip().startsWith("N* "))
            .findFirst()
            .orElseThrow();

    assertThat(law).contains("  " + interval + " ");
  }

  @Test
  void theManifestOfTheReadmeOpensWithoutWarnings(@TempDir Path folder) throws IOException {
    Matcher block =
        Pattern.compile("```yaml\\n(apiVersion: .*?)\\n```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("../README.md")));
    assertThat(block.find()).isTrue();
    Ended ended = Program.command("plan", Manifests.write(folder, block.group(1)), "--no-data");

    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("42 trials").doesNotContain("warning:");
  }
}
