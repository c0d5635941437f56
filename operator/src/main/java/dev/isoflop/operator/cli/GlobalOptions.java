package dev.isoflop.operator.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What all commands have in common: two options, and the way their help looks. */
@Command(
    synopsisHeading = "Usage: ",
    descriptionHeading = "%n",
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit status:%n",
    footerHeading = "%nExamples:%n",
    sortOptions = false)
final class GlobalOptions {
  static final String STACKTRACE = "--stacktrace";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and end.")
  private boolean help;

  @Option(
      names = STACKTRACE,
      description = "Show an error's stack trace too, for a report of a bug.")
  private boolean stacktrace;
}
