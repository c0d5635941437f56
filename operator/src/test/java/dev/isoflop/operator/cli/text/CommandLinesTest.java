package dev.isoflop.operator.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLinesTest {
  private static final List<String> COMMAND =
      List.of(
          "./isoflop",
          "run",
          "examples/a-long-name-of-a-sweep.yaml",
          "--dir",
          "'two words'",
          "--wide");

  @Test
  void aCommandThatFitsStandsBesideItsWords() {
    assertThat(CommandLines.of("continue with: ", COMMAND, Layout.UNBOUNDED))
        .containsExactly("continue with: " + String.join(" ", COMMAND));
  }

  @ParameterizedTest
  @ValueSource(ints = {46, 60, 72, 80})
  void aLongerOneIsBrokenBetweenArgumentsWithABackslash(int columns) {
    List<String> lines = CommandLines.of("continue with: ", COMMAND, columns);

    assertThat(lines.get(0)).isEqualTo("continue with:");
    assertThat(lines)
        .hasSizeGreaterThan(1)
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(columns));
    List<String> command = lines.subList(1, lines.size());
    assertThat(command.subList(0, command.size() - 1)).allMatch(line -> line.endsWith(" \\"));
    assertThat(String.join("\n", command).replaceAll(" \\\\\n +", " ").strip())
        .isEqualTo(String.join(" ", COMMAND));
  }

  @Test
  void anArgumentThatIsWiderThanTheScreenIsLeftWhole() {
    String path = "/" + "x".repeat(90);

    assertThat(CommandLines.of("", List.of("isoflop", "plan", path), 60))
        .anyMatch(line -> line.contains(path));
  }
}
