package dev.isoflop.operator.cli.laws;

import dev.isoflop.operator.cli.shared.CliContext;
import dev.isoflop.operator.cli.shared.CommandException;
import dev.isoflop.operator.cli.shared.Paths;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.input.ReportTrial;
import dev.isoflop.operator.report.page.ReportWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes the report of a fit. */
final class FitReport {
  private final ReportInput input;

  /**
   * The report of a table's laws.
   *
   * @param table that was fitted
   * @param arguments of the command that fitted it
   */
  FitReport(
      CliContext surroundings,
      PointChoices.Fitted fitted,
      List<Double> predict,
      Path table,
      List<String> arguments) {
    input =
        new ReportInput(
            table.toString().equals("-") ? "standard input" : String.valueOf(table.getFileName()),
            Optional.empty(),
            Optional.empty(),
            Optional.of(fitted.laws()),
            fitted.table().lossSeries(),
            fitted.options().confidence(),
            predict,
            fitted.table().points().stream().map(ReportTrial::of).toList(),
            List.of(),
            surroundings.clock().instant(),
            surroundings.release().software(),
            table.toString().equals("-")
                ? Paths.command(arguments) + "  # the same table on standard input"
                : Paths.command(arguments));
  }

  /** Writes the page and says where it is. */
  Path write(Path file) {
    try {
      return new ReportWriter().writePage(input, file);
    } catch (IOException e) {
      throw CommandException.unwritable(file, e);
    }
  }

  /** Writes the drawings and says where they are. */
  List<Path> writeFigures(Path folder) {
    try {
      return new ReportWriter().writeFigures(input, folder);
    } catch (IOException e) {
      throw CommandException.unwritable(folder, e);
    }
  }
}
