package dev.isoflop.operator.report.page;

import dev.isoflop.operator.report.csv.CurvesCsv;
import dev.isoflop.operator.report.csv.TrialsCsv;
import dev.isoflop.operator.report.input.PageInput;
import dev.isoflop.operator.report.input.ReportInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes a report's files into a folder; a reader finds each whole, the old one or the new. */
public final class ReportWriter {

  public static final String PAGE = "report.html";
  public static final String TRIALS = "trials.csv";
  public static final String CURVES = "curves.csv";

  private final HtmlReport page = new HtmlReport();

  /**
   * Writes the page and the tables, and says where they are, the page first.
   *
   * @param folder created if it is missing
   */
  public List<Path> write(ReportInput input, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path trials = replace(folder.resolve(TRIALS), TrialsCsv.render(input));
    Path curves = replace(folder.resolve(CURVES), CurvesCsv.render(input));
    return List.of(replace(folder.resolve(PAGE), page.render(input)), trials, curves);
  }

  /** Writes the page alone, and says where it is. */
  public Path writePage(PageInput input, Path file) throws IOException {
    return replace(file, page.render(input));
  }

  /**
   * Writes the drawings of a page as SVG files, named as in the page: {@code laws-1.svg} is the
   * first panel of the figure of the laws.
   *
   * @param folder created if it is missing
   */
  public List<Path> writeFigures(PageInput input, Path folder) throws IOException {
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    for (Map.Entry<String, String> drawing : HtmlReport.page(input).drawings().entrySet()) {
      // By itself a drawing has no page to stand on, and its letters are dark.
      String onPaper =
          drawing.getValue().replaceFirst("<svg ", "<svg style=\"background:#ffffff\" ");
      files.add(replace(folder.resolve(drawing.getKey() + ".svg"), onPaper + "\n"));
    }
    return files;
  }

  private static Path replace(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, text, StandardCharsets.UTF_8);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    return file;
  }
}
