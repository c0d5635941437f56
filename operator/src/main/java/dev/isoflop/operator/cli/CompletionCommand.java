package dev.isoflop.operator.cli;

import dev.isoflop.operator.cli.shared.CliContext;
import dev.isoflop.operator.cli.shared.ExitStatus;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the script that completes the program's commands and options in a shell. */
@Command(
    name = "completion",
    description = {
      "Print a completion script for bash and zsh.",
      "",
      "Source it in the shell's start-up file to complete commands, options and their values with"
          + " the tab key."
    },
    exitCodeList = {"0:printed", "2:the command cannot be used as given"},
    footer = {
      "  source <(./isoflop completion)                       # this shell",
      "  ./isoflop completion > ~/.isoflop-completion.bash    # for ~/.bashrc to source"
    })
final class CompletionCommand implements Callable<Integer> {
  private final CliContext surroundings;

  @Spec private CommandSpec spec;

  CompletionCommand(CliContext surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    surroundings.out().print(AutoComplete.bash("isoflop", spec.root().commandLine()));
    return ExitStatus.DONE;
  }
}
