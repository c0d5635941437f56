package dev.isoflop.operator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.isoflop.operator.cli.run.SweepRunner;
import dev.isoflop.operator.cli.shared.CliContext;
import dev.isoflop.operator.cli.shared.Console;
import dev.isoflop.operator.cli.shared.Release;
import dev.isoflop.operator.cli.text.Ink;
import dev.isoflop.operator.cli.text.Layout;
import dev.isoflop.operator.gpu.MachineGpus;
import dev.isoflop.operator.gpu.NvidiaSmi;
import dev.isoflop.operator.local.process.DataChecker;
import dev.isoflop.trial.DataCheckMessage;
import dev.isoflop.trial.DataCheckReport;
import dev.isoflop.trial.DataCheckRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The whole program in this process, with streams that are kept. */
public final class Program {
  /** Of a machine whose processors do not depend on where the tests run. */
  static final int PROCESSORS = 4;

  /** Points drawn from known surfaces, which come with the program. */
  public static final Path EXAMPLE = Path.of("../examples/points.csv");

  public static final Path OTHER_EXAMPLE = Path.of("../examples/points-other.csv");

  private final SweepRunner runner;
  private final DataChecker checker;
  private final boolean terminal;
  private final int columns;
  private final Map<String, String> environment;
  private final String smi;

  private Program(
      SweepRunner runner,
      DataChecker checker,
      boolean terminal,
      int columns,
      Map<String, String> environment,
      String smi) {
    this.runner = runner;
    this.checker = checker;
    this.terminal = terminal;
    this.columns = columns;
    this.environment = environment;
    this.smi = smi;
  }

  /** A program whose commands run no sweep. */
  public static Program withoutSweeps() {
    return running(
        (manifest, options, listener, conclusion) -> {
          throw new AssertionError("no sweep was to be run, but " + manifest.getMetadata());
        });
  }

  /** One command that runs no sweep. */
  public static Ended command(String... arguments) {
    return withoutSweeps().run(arguments);
  }

  public static Program running(SweepRunner runner) {
    return new Program(
        runner,
        Program::noData,
        false,
        Layout.UNBOUNDED,
        Map.of("ISOFLOP_CACHE", "/nowhere"),
        "/nowhere/nvidia-smi");
  }

  /** The same with both streams on a terminal of colours. */
  public Program onTerminal() {
    return new Program(runner, checker, true, columns, environment, smi);
  }

  /** The same on another machine. */
  public Program where(Map<String, String> variables, Path nvidiaSmi) {
    return new Program(runner, checker, terminal, columns, variables, nvidiaSmi.toString());
  }

  /** The same with data that is found to be something. */
  public Program finding(DataChecker found) {
    return new Program(runner, found, terminal, columns, environment, smi);
  }

  private static DataCheckReport noData(
      DataCheckRequest request, Consumer<DataCheckMessage.Progress> progress) {
    throw new AssertionError("no data was to be looked at, but " + request.data());
  }

  /** The same with tables for so many columns. */
  public Program withColumns(int columns) {
    return new Program(runner, checker, terminal, columns, environment, smi);
  }

  public Ended run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    CliContext surroundings =
        new CliContext(
            console(out),
            console(err),
            Clock.systemUTC(),
            new Release("1.2.3", "17.0.1 (Maker)"),
            PROCESSORS,
            environment,
            new MachineGpus(new NvidiaSmi(smi), environment));
    int status = Commands.of(surroundings, runner, checker, new NoOperator()).execute(arguments);
    return new Ended(status, out.toString(UTF_8), err.toString(UTF_8));
  }

  private Console console(ByteArrayOutputStream bytes) {
    return new Console(
        new PrintStream(bytes, true, UTF_8),
        terminal,
        new Layout(terminal ? Ink.COLOUR : Ink.PLAIN, columns));
  }

  /** What a user has in the end. */
  public record Ended(int status, String out, String err) {
    private static final String MARK = "error: ";

    /** The messages, each of which is one line that starts with {@code error:}. */
    public List<String> errors() {
      return err.lines()
          .filter(line -> line.startsWith(MARK))
          .map(line -> line.substring(MARK.length()))
          .toList();
    }

    public JsonNode json() {
      return tree(new ObjectMapper());
    }

    public JsonNode yaml() {
      return tree(new YAMLMapper());
    }

    private JsonNode tree(ObjectMapper mapper) {
      try {
        return mapper.readTree(out);
      } catch (IOException e) {
        throw new UncheckedIOException(out, e);
      }
    }
  }
}
