package dev.isoflop.operator.cli.run;

import dev.isoflop.operator.cli.shared.CliContext;
import dev.isoflop.operator.cli.shared.CommandException;
import dev.isoflop.operator.cli.shared.ExitStatus;
import dev.isoflop.operator.cli.shared.GivenFile;
import dev.isoflop.operator.cli.shared.Paths;
import dev.isoflop.operator.local.store.SweepFolder;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes a run's report again. */
@Command(
    name = "report",
    description = {
      "Write the report of a run: report.html, trials.csv and curves.csv, into its folder.",
      "",
      "The laws are fitted again from the trials that have ended, so a run that still goes on, or"
          + " was stopped, can be looked at as well. The page is one file that needs no network."
    },
    exitCodeList = {"0:written", "2:there is no run in the folder, or it cannot be read"},
    footer = {"  isoflop report runs/quickstart"})
public final class ReportCommand implements Callable<Integer> {
  private final CliContext surroundings;

  @Parameters(paramLabel = "RUN", description = "Folder of a run, such as runs/quickstart.")
  private Path run;

  public ReportCommand(CliContext surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    GivenFile.refuse(
        run,
        "give the folder of a run",
        GivenFile.Kind.MANIFEST,
        GivenFile.Kind.STATUS,
        GivenFile.Kind.LAWS,
        GivenFile.Kind.TABLE);
    try {
      List<Path> files =
          new RunReport(surroundings)
              .write(new SweepFolder(run), Paths.command(List.of("report", Paths.shown(run))));
      files.forEach(file -> surroundings.out().print("wrote " + Paths.shown(file)));
      return ExitStatus.DONE;
    } catch (FileSystemException e) {
      throw CommandException.unwritable(run, e);
    } catch (IOException e) {
      throw CommandException.badInput(List.of(String.valueOf(e.getMessage())), e);
    }
  }
}
