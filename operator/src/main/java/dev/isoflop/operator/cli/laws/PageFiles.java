package dev.isoflop.operator.cli.laws;

import dev.isoflop.operator.cli.shared.CommandException;
import dev.isoflop.operator.report.input.PageInput;
import dev.isoflop.operator.report.page.ReportWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that write a result as a page and its drawings. */
public final class PageFiles {
  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write the result as one HTML page, with its drawings, tables and findings.")
  private @Nullable Path report;

  @Option(
      names = "--figures",
      paramLabel = "FOLDER",
      description = "Write the page's drawings as SVG files.")
  private @Nullable Path figures;

  /** Writes what was asked for and says where it is. */
  List<Path> write(PageInput input) {
    ReportWriter writer = new ReportWriter();
    List<Path> written = new ArrayList<>();
    if (report != null) {
      try {
        written.add(writer.writePage(input, report));
      } catch (IOException e) {
        throw CommandException.unwritable(report, e);
      }
    }
    if (figures != null) {
      try {
        written.addAll(writer.writeFigures(input, figures));
      } catch (IOException e) {
        throw CommandException.unwritable(figures, e);
      }
    }
    return written;
  }
}
