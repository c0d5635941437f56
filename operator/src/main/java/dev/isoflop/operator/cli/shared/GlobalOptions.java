package dev.isoflop.operator.cli.shared;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Options of all commands, and the style of their help. */
public final class GlobalOptions {
  private static final String STACKTRACE = "--stacktrace";

  private GlobalOptions() {}

  /** Adds them to a command and all commands below it. */
  public static void addTo(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("Show this help and end.")
            .build());
    spec.addOption(
        OptionSpec.builder(STACKTRACE)
            .description("Show an error's stack trace too, for a report of a bug.")
            .build());
    spec.usageMessage()
        .sortOptions(false)
        .descriptionHeading("%n")
        .parameterListHeading("%nArguments:%n")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n")
        .exitCodeListHeading("%nExit status:%n")
        .footerHeading("%nExamples:%n");
    command
        .getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_FOOTER, help -> ExampleText.of(spec.usageMessage()));
    command.getSubcommands().values().forEach(GlobalOptions::addTo);
  }

  /** Whether a command was asked to show stack traces. */
  public static boolean stacktrace(CommandLine command) {
    return command.getParseResult() != null
        && command.getParseResult().hasMatchedOption(STACKTRACE);
  }
}
