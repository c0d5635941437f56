package dev.isoflop.operator.cli.run;

import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.operator.cli.laws.FitCommandLine;
import dev.isoflop.operator.cli.shared.CliContext;
import dev.isoflop.operator.cli.shared.Paths;
import dev.isoflop.operator.local.store.SweepFolder;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.input.RunFolderReader;
import dev.isoflop.operator.report.page.ReportWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes the report of a run into its folder. */
final class RunReport {
  private final CliContext surroundings;

  RunReport(CliContext surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Writes the page and the tables, and says where they are.
   *
   * @param command what a reader runs to get the sweep again
   */
  List<Path> write(SweepFolder folder, String command) throws IOException {
    RunFolderReader reader =
        new RunFolderReader(
            new LawFitter(surroundings.processors())::fit,
            surroundings.release().software(),
            surroundings.err()::note);
    ReportInput input = reader.read(folder, surroundings.clock().instant(), command);
    if (!input.fitted().isEmpty()) {
      String fit = Paths.command(FitCommandLine.arguments(input, folder.path()));
      input = input.withCommand(command + "\n" + fit);
    }
    return new ReportWriter().write(input, folder.path());
  }
}
