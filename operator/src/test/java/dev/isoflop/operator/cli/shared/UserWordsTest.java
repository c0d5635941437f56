package dev.isoflop.operator.cli.shared;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.operator.cli.Manifests;
import dev.isoflop.operator.cli.Program;
import dev.isoflop.operator.cli.Program.Ended;
import dev.isoflop.operator.cli.ScriptedRunner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is printed for bad input holds no words of a program, and has one exit status a fault. */
class UserWordsTest {
  private static final Pattern PROGRAMS_WORDS =
      Pattern.compile(
          "Exception|java\\.|is not an? (double|int|long|float|char)|positional|index"
              + " \\d|\\.new\\b|KEY=VALUE|case-insensitive|internal error|\\(<");
  private static final String POINTS = Program.EXAMPLE.toString();

  static Stream<List<String>> badCommands() {
    return Stream.of(
        List.of("fit"),
        List.of("fit", POINTS, "--confidence", "abc"),
        List.of("fit", POINTS, "--confidence", "2"),
        List.of("fit", POINTS, "--bootstrap", "many"),
        List.of("fit", POINTS, "--bootstrap", "-1"),
        List.of("fit", POINTS, "--seed", "1.5"),
        List.of("fit", POINTS, "--hold-out", "x"),
        List.of("fit", POINTS, "--hold-out", "-2"),
        List.of("fit", POINTS, "--budget-tolerance", "wide"),
        List.of("fit", POINTS, "--delimiter", "ab"),
        List.of("fit", POINTS, "--unit", "tokens"),
        List.of("fit", POINTS, "--unit", "tokens=much"),
        List.of("fit", POINTS, "--unit", "bananas=1"),
        List.of("fit", POINTS, "--column", "loss"),
        List.of("fit", POINTS, "--resample", "some"),
        List.of("fit", POINTS, "--weighting", "x"),
        List.of("fit", POINTS, "--surface", "x"),
        List.of("fit", POINTS, "--loss-scale", "x"),
        List.of("fit", POINTS, "--convention", "x"),
        List.of("fit", POINTS, "--output", "xml"),
        List.of("fit", POINTS, "--output"),
        List.of("fit", POINTS, "--seed", "1", "--seed", "2"),
        List.of("fit", POINTS, "more"),
        List.of("fit", POINTS, "--report", "/not/there/page.html"),
        List.of("fit", POINTS, "--export", "/not/there/laws.json"),
        List.of("fit", "/not/there.csv"),
        List.of("fit", "/"),
        List.of("compare"),
        List.of("compare", POINTS),
        List.of("compare", POINTS, "/not/there.csv"),
        List.of("compare", POINTS, POINTS, "--report", "/not/there/page.html"),
        List.of("predict"),
        List.of("predict", POINTS),
        List.of("predict", POINTS, "--flops", "x"),
        List.of("predict", POINTS, "--flops", "1e20"),
        List.of("predict", "/not/there", "--flops", "1e20"),
        List.of("plan"),
        List.of("plan", "/not/there.yaml"),
        List.of("plan", "/"),
        List.of("plan", "x.yaml", "--parallel", "0"),
        List.of("run", "/not/there.yaml"),
        List.of("run", "x.yaml", "--threads", "x"),
        List.of("report", "/not/there"),
        List.of("report"),
        List.of("export", "/not/there", "--format", "latex"),
        List.of("export", POINTS, "--format", "word"),
        List.of("no-command"),
        List.of("--no-option"));
  }

  @ParameterizedTest
  @MethodSource("badCommands")
  void isToldInPlainWordsWithOneStatus(List<String> command) {
    Ended ended = Program.command(command.toArray(String[]::new));

    assertThat(ended.status()).as(ended.err()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(ended.errors()).isNotEmpty();
    assertThat(ended.err()).doesNotContainPattern(PROGRAMS_WORDS);
  }

  @Test
  void whatCannotBeWrittenForWantOfAFolderNamesTheFileThatWasAskedFor() {
    assertThat(Program.command("fit", POINTS, "--report", "/not/there/page.html").errors())
        .containsExactly(
            "/not/there/page.html: cannot be written: no such file or folder; name one in a folder"
                + " that exists");
  }

  @Test
  void aTableComesFromStandardInput() throws IOException {
    byte[] table = Files.readAllBytes(Program.EXAMPLE);
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(table));
    try {
      Ended piped = Program.command("fit", "-");

      assertThat(piped.status()).as(piped.err()).isZero();
      assertThat(piped.out()).startsWith("standard input: 42 models at 6 budgets");
      assertThat(piped.out().lines().skip(1).toList())
          .isEqualTo(Program.command("fit", POINTS).out().lines().skip(1).toList());
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void aBadTableOnStandardInputIsNamedSo() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream("a,b\n1,2\n".getBytes(UTF_8)));
    try {
      assertThat(Program.command("fit", "-").errors())
          .isNotEmpty()
          .allSatisfy(message -> assertThat(message).startsWith("standard input"));
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void continueWithRepeatsEveryOptionButFresh(@TempDir Path folder) {
    String manifest = Manifests.write(folder, Manifests.SMALL);
    String runs = folder.resolve("two words").toString();
    Ended ended =
        Program.running(ScriptedRunner.interrupted())
            .run("run", manifest, "--dir", runs, "--parallel", "2", "--fresh");

    assertThat(ended.status()).isEqualTo(ExitStatus.STOPPED);
    assertThat(ended.err())
        .contains(
            "continue with: ./isoflop run " + manifest + " --dir '" + runs + "' --parallel 2");
  }
}
