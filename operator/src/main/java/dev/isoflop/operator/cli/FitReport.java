package dev.isoflop.operator.cli;

import dev.isoflop.operator.report.ReportInput;
import dev.isoflop.operator.report.ReportTrial;
import dev.isoflop.operator.report.ReportWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes the report of a fit. */
final class FitReport {
  private final Surroundings surroundings;

  FitReport(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Writes the page and says where it is.
   *
   * @param table that was fitted
   * @param arguments of the command that fitted it
   */
  Path write(
      PointChoices.Fitted fitted,
      List<Double> predict,
      Path table,
      List<String> arguments,
      Path file) {
    ReportInput input =
        new ReportInput(
            String.valueOf(table.getFileName()),
            Optional.empty(),
            Optional.empty(),
            Optional.of(fitted.fit().laws()),
            fitted.fit().heldOut(),
            fitted.table().lossSeries(),
            fitted.options().confidence(),
            predict,
            fitted.table().points().stream().map(ReportTrial::of).toList(),
            List.of(),
            surroundings.clock().instant(),
            surroundings.release().software(),
            Paths.command(arguments));
    try {
      return new ReportWriter().writePage(input, file);
    } catch (IOException e) {
      throw CommandException.badInput(
          List.of("%s: cannot be written (%s); name a file in a folder that exists".formatted(file, e)),
          e);
    }
  }
}
