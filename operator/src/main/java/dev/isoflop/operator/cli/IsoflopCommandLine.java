package dev.isoflop.operator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.isoflop.operator.cli.shared.CliContext;
import dev.isoflop.operator.cli.shared.CommandException;
import dev.isoflop.operator.cli.shared.Console;
import dev.isoflop.operator.cli.shared.ExitStatus;
import dev.isoflop.operator.cli.shared.GlobalOptions;
import dev.isoflop.operator.cli.shared.IsoflopCommand;
import dev.isoflop.operator.cli.text.Ink;
import dev.isoflop.operator.cli.text.Layout;
import dev.isoflop.operator.cli.text.Style;
import dev.isoflop.operator.manifest.Spelling;
import dev.isoflop.text.ShownText;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Puts the commands together, and turns what goes wrong into messages and an exit status. */
public final class IsoflopCommandLine {
  private static final int NARROWEST_HELP = 55;

  private final CliContext surroundings;
  private final CommandLine commandLine;

  /**
   * The program with these commands.
   *
   * @param commands the subcommands, objects of classes annotated with {@code @Command}
   */
  IsoflopCommandLine(CliContext surroundings, List<Object> commands) {
    this.surroundings = surroundings;
    commandLine = new CommandLine(new IsoflopCommand(surroundings));
    commands.forEach(commandLine::addSubcommand);
    commandLine.addSubcommand(new CompletionCommand(surroundings));
    GlobalOptions.addTo(commandLine);
    commandLine
        .setOut(writer(surroundings.out()))
        .setErr(writer(surroundings.err()))
        .setUsageHelpWidth(helpWidth(surroundings.out()))
        .setUsageHelpLongOptionsMaxWidth(30)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOverwrittenOptionsAllowed(false)
        .setAbbreviatedOptionsAllowed(false)
        .setExpandAtFiles(false)
        .setColorScheme(CommandLine.Help.defaultColorScheme(ansi(surroundings.out())))
        .setParameterExceptionHandler((problem, arguments) -> badUsage(problem))
        .setExecutionExceptionHandler((problem, command, parsed) -> failed(problem, command));
  }

  /** The parser sets no help for less than 55 columns. */
  private static int helpWidth(Console console) {
    return Math.max(NARROWEST_HELP, console.layout().textColumns());
  }

  private static PrintWriter writer(Console console) {
    return new PrintWriter(new OutputStreamWriter(console.stream(), UTF_8), true);
  }

  private static CommandLine.Help.Ansi ansi(Console console) {
    return console.ink() == Ink.PLAIN ? CommandLine.Help.Ansi.OFF : CommandLine.Help.Ansi.ON;
  }

  /** Runs the program and returns its exit status. */
  public int execute(String... arguments) {
    return commandLine.execute(arguments);
  }

  private int badUsage(ParameterException problem) {
    String name = problem.getCommandLine().getCommandSpec().qualifiedName();
    String message =
        problem instanceof UnmatchedArgumentException unmatched
            ? unmatched(unmatched)
            : UsageWords.of(String.valueOf(problem.getMessage()));
    error(message + "; see '" + name + " --help'");
    return ExitStatus.BAD_INPUT;
  }

  /** The first word that nothing takes; those after it may only follow from it. */
  private static String unmatched(UnmatchedArgumentException problem) {
    CommandSpec command = problem.getCommandLine().getCommandSpec();
    String word = problem.getUnmatched().get(0);
    if (problem.isUnknownOption()) {
      return "'%s' is not an option of this command%s"
          .formatted(word, meant(word, command.optionsMap().keySet()));
    }
    return command.subcommands().isEmpty()
        ? "'%s' is one argument too many".formatted(word)
        : "'%s' is not a command%s".formatted(word, meant(word, command.subcommands().keySet()));
  }

  private static String meant(String word, Collection<String> known) {
    return Spelling.nearest(word, known).map(near -> "; did you mean " + near + "?").orElse("");
  }

  private int failed(Exception problem, CommandLine command) {
    if (problem instanceof IsoflopCommand.NoCommandException) {
      command.usage(command.getErr());
      return ExitStatus.BAD_INPUT;
    }
    boolean wanted = GlobalOptions.stacktrace(command);
    int status;
    if (problem instanceof CommandException told) {
      told.messages().forEach(this::error);
      told.hints().forEach(surroundings.err()::note);
      status = told.exitStatus();
    } else {
      error(
          "internal error: %s%s"
              .formatted(problem, wanted ? "" : "; run it again with --stacktrace and report it"));
      status = ExitStatus.FAILED;
    }
    if (wanted) {
      StringWriter trace = new StringWriter();
      problem.printStackTrace(new PrintWriter(trace));
      surroundings.err().print(ShownText.message(trace.toString()).stripTrailing());
    }
    return status;
  }

  private void error(String message) {
    Console err = surroundings.err();
    boolean bounded = err.layout().columns() != Layout.UNBOUNDED;
    ShownText.message(message)
        .lines()
        .forEach(
            line -> {
              if (bounded) {
                err.paragraph("error: ", Style.BAD, line);
              } else {
                // one line for each message, for whoever filters them
                err.print(err.paint(Style.BAD, "error:") + " " + line);
              }
            });
  }
}
