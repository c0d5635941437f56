package dev.isoflop.operator.cli.points;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The cells of a table with a header.
 *
 * @param header names of the columns, unique
 * @param rows as long as the header
 */
record TableText(List<String> header, List<Row> rows) {

  /**
   * One row.
   *
   * @param place where it stands in the file, such as {@code line 3}, counted from 1
   */
  record Row(String place, List<String> cells) {}

  static TableText parse(String text, char delimiter, String source) throws InvalidTableException {
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(delimiter)
            .setTrim(true)
            .setCommentMarker('#')
            .setIgnoreEmptyLines(false)
            .get();
    List<Row> rows = new ArrayList<>();
    // The parser counts line ends, so the last line needs one too.
    String ended = text.endsWith("\n") ? text : text + "\n";
    try (CSVParser parser = CSVParser.parse(new StringReader(ended), format)) {
      for (CSVRecord cells : parser) {
        boolean blank = cells.size() == 1 && cells.get(0).isEmpty();
        if (!blank) {
          rows.add(new Row("line " + parser.getCurrentLineNumber(), cells.toList()));
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw invalid(source + ": is not valid CSV (" + e.getMessage() + "); fix its quotes");
    }
    if (rows.isEmpty()) {
      throw invalid(source + ": is empty; its first line names the columns");
    }
    List<String> header = rows.remove(0).cells();
    check(header, rows, source);
    return new TableText(header, rows);
  }

  private static void check(List<String> header, List<Row> rows, String source)
      throws InvalidTableException {
    Set<String> seen = new HashSet<>();
    for (String name : header) {
      if (!seen.add(name)) {
        throw invalid("%s: two columns are named '%s'; rename one".formatted(source, name));
      }
    }
    List<String> problems = new ArrayList<>();
    for (Row row : rows) {
      if (row.cells().size() != header.size()) {
        problems.add(
            "%s, %s: has %d cells where the header has %d; fix the row"
                .formatted(source, row.place(), row.cells().size(), header.size()));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidTableException(problems);
    }
  }

  private static InvalidTableException invalid(String problem) {
    return new InvalidTableException(List.of(problem));
  }
}
