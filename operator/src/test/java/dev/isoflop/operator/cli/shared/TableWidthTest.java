package dev.isoflop.operator.cli.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.operator.cli.Manifests;
import dev.isoflop.operator.cli.Program;
import dev.isoflop.operator.cli.Program.Ended;
import dev.isoflop.operator.cli.ScriptedRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No command that prints tables prints a line beyond the terminal's width. */
class TableWidthTest {
  private static final String LONG =
      "a-name-of-sixty-three-characters-which-is-as-long-as-one-may-be";

  private final Path folder;
  private final String points;
  private final String laws;

  TableWidthTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    points = folder.resolve("p.csv").toString();
    String renamed = Files.readString(Program.EXAMPLE).replace("out-of-domain", LONG);
    Files.writeString(folder.resolve("p.csv"), renamed);
    laws = folder.resolve("laws.json").toString();
    Files.writeString(
        folder.resolve("laws.json"), Program.command("fit", points, "--output", "json").out());
  }

  static Stream<Arguments> commandsAndColumns() {
    List<List<String>> commands =
        List.of(
            List.of("plan", "MANIFEST"),
            List.of("plan", "REPEATED"),
            List.of("fit", "POINTS", "--predict", "1e20,1.5e24"),
            List.of("fit", "POINTS", "--robust", "--hold-out", "1"),
            List.of("predict", "LAWS", "--flops", "1e19,1e27"),
            List.of("compare", "POINTS", Program.OTHER_EXAMPLE.toString()),
            List.of("compare", LONG + "=POINTS", LONG + "-too=" + Program.OTHER_EXAMPLE));
    return commands.stream()
        .flatMap(
            command ->
                IntStream.of(60, 72, 80, 120).mapToObj(columns -> Arguments.of(command, columns)));
  }

  private String argument(String text) {
    String named = text.replace("POINTS", points).replace("LAWS", laws);
    return switch (named) {
      case "MANIFEST" -> Manifests.write(folder, Manifests.with("name: small", "name: " + LONG));
      case "REPEATED" -> Manifests.write(folder, Manifests.with("span: 8", "repeats: 12, span: 8"));
      default -> named;
    };
  }

  @ParameterizedTest
  @MethodSource("commandsAndColumns")
  void noLineIsWiderThanTheTerminal(List<String> command, int columns) {
    String[] arguments = command.stream().map(this::argument).toArray(String[]::new);
    Ended ended = Program.withoutSweeps().withColumns(columns).run(arguments);

    assertThat(ended.status()).as(ended.err()).isIn(0, 1);
    List<String> lines =
        (ended.out() + ended.err())
            .lines()
            .filter(line -> !line.contains(points))
            // a word that no line has room for is left whole
            .filter(line -> line.length() <= 80 || line.strip().contains(" "))
            .toList();
    assertThat(lines)
        .hasSizeGreaterThan(4)
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(columns));
  }

  @Test
  void whatARunEndsWithFitsToo() {
    String manifest = Manifests.write(folder, Manifests.SMALL);
    Program program = Program.running(ScriptedRunner.succeeding());

    Ended narrow = program.withColumns(60).run("run", manifest, "--dir", folder.toString());

    assertThat(narrow.status()).as(narrow.err()).isZero();
    assertThat(
            narrow
                .out()
                .lines()
                .filter(line -> !line.startsWith("wrote "))
                .filter(line -> !line.matches("\\d{4}-\\d\\d-.*"))
                .filter(line -> !line.contains(folder.toString())))
        .hasSizeGreaterThan(10)
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(60));
  }

  @Test
  void atEightyColumnsTheLawsKeepBothIntervalsAndSayWhatIsLeftOut() {
    String out = Program.withoutSweeps().withColumns(80).run("fit", points).out();

    assertThat(out).contains("(T)", "(BOOTSTRAP)", "--wide");
    assertThat(out.lines().filter(line -> line.startsWith("  N* ")))
        .singleElement()
        .asString()
        .contains("C^", "[");
  }

  @Test
  void whoAsksForWideTablesGetsAllColumns() {
    Program narrow = Program.withoutSweeps().withColumns(60);
    String wide = narrow.run("fit", points, "--wide").out();

    assertThat(wide).isEqualTo(Program.command("fit", points).out()).doesNotContain("--wide");
    assertThat(narrow.run("fit", points).out()).isNotEqualTo(wide);
  }
}
