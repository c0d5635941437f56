package dev.isoflop.operator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.operator.cli.Program.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  private final Program program = Program.withoutSweeps();

  @Test
  void helpNamesEveryCommandAndWhatTheExitStatusMeans() {
    Ended ended = program.run("--help");

    assertThat(ended.status()).isZero();
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .contains("run", "plan", "fit", "predict", "report", "native", "data", "completion")
        .containsPattern("(?m)^Exit status:$")
        .containsPattern("(?m)^ +130 +stopped by Ctrl-C");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "run",
        "plan",
        "report",
        "data",
        "data emoji",
        "native",
        "native cuda",
        "completion"
      })
  void helpOfEveryCommandFitsAnyTerminalAndListsExitStatusAndExamples(String command) {
    List<String> words =
        new ArrayList<>(command.isEmpty() ? List.of() : List.of(command.split(" ")));
    words.add("--help");

    Ended ended = program.run(words.toArray(String[]::new));

    assertThat(ended.status()).isZero();
    assertThat(ended.out()).contains("Exit status:", "Examples:", "--stacktrace");
    assertThat(ended.out().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "run",
        "plan",
        "fit",
        "predict",
        "compare",
        "export",
        "report",
        "retry",
        "operator",
        "data",
        "data check",
        "data emoji",
        "data features",
        "native",
        "native cuda",
        "completion"
      })
  void examplesAreBrokenBetweenArgumentsAlone(String command) {
    List<String> words =
        new ArrayList<>(command.isEmpty() ? List.of() : List.of(command.split(" ")));
    words.add("--help");

    String narrow = examples(program.withColumns(60).run(words.toArray(String[]::new)));
    String wide = examples(program.run(words.toArray(String[]::new)));

    assertThat(narrow.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(60));
    assertThat(commands(narrow)).isNotEmpty().isEqualTo(commands(wide));
  }

  private static String examples(Ended help) {
    assertThat(help.status()).isZero();
    return help.out().substring(help.out().indexOf("Examples:") + "Examples:".length());
  }

  /** The commands as a shell reads them, without comments. */
  private static List<String> commands(String examples) {
    return examples
        .replaceAll(" \\\\\\R +", " ")
        .lines()
        .map(line -> line.replaceAll("#.*", "").strip().replaceAll(" +", " "))
        .filter(line -> !line.isEmpty())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "native"})
  void whatIsShownKeepsToTheTerminal(String command) {
    assertThat(program.withColumns(60).run(command).out().lines())
        .hasSizeGreaterThan(3)
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(60));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V"})
  void versionNamesProgramJavaAndHowFlopsAreCounted(String option) {
    Ended ended = program.run(option);

    assertThat(ended.status()).isZero();
    assertThat(ended.out().lines()).startsWith("isoflop 1.2.3", "Java 17.0.1 (Maker)").hasSize(4);
    assertThat(ended.out()).contains("Analytic", "SixND");
  }

  @Test
  void withoutACommandTheUsageIsShownAsAnError() {
    Ended ended = program.run();

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("Usage: isoflop");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plam | 'plam' is not a command; did you mean plan?; see 'isoflop --help'",
        "rnu | 'rnu' is not a command; did you mean run?; see 'isoflop --help'",
        "ft | 'ft' is not a command; did you mean fit?; see 'isoflop --help'",
        "zzzzzz | 'zzzzzz' is not a command; see 'isoflop --help'",
        "plan --paralel 2 | '--paralel' is not an option of this command; did you mean --parallel?;"
            + " see 'isoflop plan --help'",
        "plan a.yaml b.yaml | 'b.yaml' is one argument too many; see 'isoflop plan --help'",
        "data emojis | 'emojis' is not a command; did you mean emoji?; see 'isoflop data --help'",
        "plan | Missing required parameter: 'MANIFEST'; see 'isoflop plan --help'",
        "plan a.yaml --parallel 0 | Invalid value for option '--parallel': '0' is not a whole"
            + " number of 1 or more; see 'isoflop plan --help'",
        "run a.yaml --threads two | Invalid value for option '--threads': 'two' is not a whole"
            + " number of 1 or more; see 'isoflop run --help'",
      })
  void whatCannotBeUnderstoodIsNamedInOneLine(String words, String message) {
    Ended ended = program.run(words.split(" "));

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err().lines()).containsExactly("error: " + message);
  }

  @Test
  void anUnknownFormatIsAnsweredWithThoseThereAre() {
    Ended ended = program.run("plan", "a.yaml", "--output", "xml");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.errors()).singleElement().asString().contains("xml", "table", "json", "yaml");
  }

  @Test
  void aBugIsToldInOneLineAndItsStackTraceOnlyOnRequest(@TempDir Path folder) throws IOException {
    String manifest = Files.writeString(folder.resolve("m.yaml"), Manifests.SMALL).toString();
    Program broken =
        Program.running(
            (sweep, options, listener, conclusion) -> {
              throw new IllegalStateException("impossible");
            });

    Ended brief = broken.run("run", manifest);
    Ended full = broken.run("run", manifest, "--stacktrace");

    assertThat(brief.status()).isEqualTo(1);
    assertThat(brief.err().lines())
        .containsExactly(
            "error: internal error: java.lang.IllegalStateException: impossible; run it again with"
                + " --stacktrace and report it");
    assertThat(full.status()).isEqualTo(1);
    assertThat(full.err()).containsPattern("(?m)^\\tat dev\\.isoflop");
  }

  @Test
  void theCompletionScriptIsGoodBashAndKnowsTheCommands(@TempDir Path folder)
      throws IOException, InterruptedException {
    Ended ended = program.run("completion");
    assertThat(ended.status()).isZero();
    assertThat(ended.err()).isEmpty();
    Path script = Files.writeString(folder.resolve("isoflop.bash"), ended.out());

    assertThat(bash("-n", script.toString())).isEmpty();
    assertThat(
            bash(
                "-c",
                "source '%s'; complete -p isoflop; COMP_WORDS=(isoflop pl); COMP_CWORD=1;"
                        .formatted(script)
                    + " _complete_isoflop; echo \"${COMPREPLY[@]}\""))
        .contains("isoflop")
        .containsPattern("(?m)^plan$");
  }

  private static String bash(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash"));
    command.addAll(List.of(arguments));
    Process bash = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(bash.getInputStream().readAllBytes(), UTF_8);
    assertThat(bash.waitFor()).as(output).isZero();
    return output;
  }
}
