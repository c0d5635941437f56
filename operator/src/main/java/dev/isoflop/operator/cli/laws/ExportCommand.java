package dev.isoflop.operator.cli.laws;

import dev.isoflop.operator.cli.shared.CliContext;
import dev.isoflop.operator.cli.shared.ExitStatus;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints fitted laws in the form of another program. */
@Command(
    name = "export",
    description = {
      "Print fitted laws as LaTeX, Python, JSON or YAML.",
      "",
      "LaTeX: a command for every number, an equation for every law, and a table, for any document"
          + " class and without packages. Python: a module without dependencies, with n_opt(C),"
          + " d_opt(C) and loss(C), and the intervals as constants. All name the digest of the"
          + " points that the laws come from."
    },
    exitCodeList = {
      "0:printed",
      "1:the source has no laws, or none yet",
      "2:the source cannot be used as given"
    },
    footer = {
      "  isoflop export runs/quickstart --format latex > laws.tex",
      "  isoflop export laws.json --format python > laws.py"
    })
public final class ExportCommand implements Callable<Integer> {
  private final CliContext surroundings;

  @Parameters(
      paramLabel = "SOURCE",
      description =
          "Folder of a run, its status.yaml, or a file with what 'isoflop fit --output json'"
              + " printed.")
  private Path source;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      required = true,
      description = "${COMPLETION-CANDIDATES}.")
  private LawExport.Format format;

  public ExportCommand(CliContext surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    SheetFile file = SheetFile.given(source);
    surroundings.out().print(format.text(file.sheet(), file.confidence()).lines().toList());
    return ExitStatus.DONE;
  }
}
