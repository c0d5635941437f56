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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the documentation shows is what the commands print. A block below {@code <!-- printed by:
 * COMMAND -->} holds lines of that command's output, in order; lines may be left out. Where the
 * command trains for long, {@code ; in the build: COMMAND} names one that prints the same lines
 * from the trials that were kept; {@code docs/measured.sh} runs the first.
 */
class DocumentedOutputTest {
  private static final Pattern BLOCK =
      Pattern.compile("<!-- printed by: ([^>\\n]+?) -->\\n```[a-z]*\\n(.*?)\\n```", Pattern.DOTALL);
  private static final String IN_THE_BUILD = "; in the build: ";

  /** What a block of no language may begin with, if no command is named above it. */
  private static final String SAYS_ITSELF = "(\\$ |\\./isoflop |error: ).*";

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(Path.of("../README.md")));
    try (Stream<Path> docs = Files.list(Path.of("../docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }

  static List<Arguments> blocks() throws IOException {
    List<Arguments> blocks = new ArrayList<>();
    for (Path page : pages()) {
      Matcher block = BLOCK.matcher(Files.readString(page));
      while (block.find()) {
        String[] commands = block.group(1).split(IN_THE_BUILD, 2);
        blocks.add(Arguments.of(page.getFileName(), commands[commands.length - 1], block.group(2)));
      }
    }
    return blocks;
  }

  @Test
  void thereAreSuchBlocks() throws IOException {
    assertThat(blocks()).hasSizeGreaterThanOrEqualTo(6);
    assertThat(blocks()).extracting(block -> block.get()[0].toString()).contains("README.md");
  }

  @Test
  void noOutputStandsWithoutItsCommand() throws IOException {
    List<String> unknown = new ArrayList<>();
    for (Path page : pages()) {
      List<String> lines = Files.readAllLines(page);
      boolean inside = false;
      for (int i = 0; i < lines.size(); i++) {
        boolean fence = lines.get(i).strip().startsWith("```");
        if (fence && !inside && lines.get(i).strip().equals("```")) {
          boolean named = i > 0 && lines.get(i - 1).startsWith("<!-- printed by: ");
          if (!named && !lines.get(i + 1).strip().matches(SAYS_ITSELF)) {
            unknown.add(page.getFileName() + ":" + (i + 1));
          }
        }
        inside ^= fence;
      }
    }

    assertThat(unknown).isEmpty();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("blocks")
  void aBlockHoldsLinesOfItsCommandsOutput(Path page, String command, String block) {
    assertThat(printed(command))
        .containsSubsequence(
            block
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("wrote "))
                .toList());
  }

  private static List<String> printed(String command) {
    Ended ended =
        Program.command(
            command
                .replace("examples/", "../examples/")
                .replace("docs/", "../docs/")
                .split(" ", -1));
    assertThat(ended.status()).as(ended.err()).isZero();
    return ended.out().lines().map(String::strip).toList();
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
}
