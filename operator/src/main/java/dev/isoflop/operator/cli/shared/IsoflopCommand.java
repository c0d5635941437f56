package dev.isoflop.operator.cli.shared;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program without a command: says which commands there are. */
@Command(
    name = "isoflop",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Scaling laws of diffusion transformers, from one manifest.",
      "",
      "A manifest (kind ScalingSweep) names compute budgets, model sizes, data and metrics. Isoflop"
          + " trains a model for every point of the grid, finds the compute-optimal size of each"
          + " budget, and fits the laws N*(C), D*(C) and loss(C) with confidence intervals."
    },
    exitCodeList = {
      "0:done",
      "1:the sweep failed, or no laws could be fitted",
      "2:the command, manifest or table cannot be used as given; the message says what to change",
      "75:this machine is in the way (folder in use, disk full); try the same command later",
      "130:stopped by Ctrl-C; the same command continues"
    },
    footer = {
      "  isoflop plan examples/quickstart.yaml   # what would run, and what it costs",
      "  isoflop run examples/quickstart.yaml    # train, fit, report; again to go on",
      "  isoflop fit points.csv                  # laws of models trained elsewhere",
      "  isoflop COMMAND --help                  # more about one command"
    })
public final class IsoflopCommand implements Runnable {
  private final CliContext surroundings;

  @Option(
      names = {"-V", "--version"},
      description = "Show the version, the Java that runs it, and how FLOPs are counted.")
  private boolean version;

  public IsoflopCommand(CliContext surroundings) {
    this.surroundings = surroundings;
  }

  /** Runs where no command was named. */
  @Override
  public void run() {
    if (!version) {
      throw new NoCommandException();
    }
    Console out = surroundings.out();
    out.print(surroundings.release().software());
    out.paragraph("", "Java " + surroundings.release().java());
    out.paragraph(
        "",
        "FLOP conventions: Analytic, the matrix multiplications of forward and backward (default);"
            + " SixND, 6 x parameters x tokens");
  }

  /** No command was given, so the usage is shown. */
  public static final class NoCommandException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
