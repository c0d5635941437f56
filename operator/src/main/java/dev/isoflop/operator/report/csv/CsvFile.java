package dev.isoflop.operator.report.csv;

import dev.isoflop.text.ShownText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * A table as RFC 4180 has it: rows end in CR LF, fields are quoted where they must be. Numbers
 * carry all their digits, so that reading them gives the same bits; what is not known is an empty
 * field, and a measured NaN is {@code NaN}. Text is neutralised, see {@link #cell}.
 */
final class CsvFile {

  private final StringWriter text = new StringWriter();
  private final CSVPrinter printer;

  CsvFile(List<String> header) {
    try {
      printer = new CSVPrinter(text, CSVFormat.RFC4180);
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot be written", e);
    }
    row(header);
  }

  void row(List<? extends @Nullable Object> fields) {
    try {
      printer.printRecord(fields.stream().map(CsvFile::cell).toList());
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot be written", e);
    }
  }

  /** Text that a spreadsheet takes for a formula begins with one of these. */
  private static final Pattern FORMULA = Pattern.compile("[\\s\\p{Z}']*[=+\\-@＝＋－＠].*");

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?|-?Infinity");

  /**
   * A field as a table may hold it: on one line, without what steers, and with an apostrophe before
   * text that a spreadsheet would compute. Numbers stay as they are.
   */
  private static @Nullable Object cell(@Nullable Object field) {
    if (!(field instanceof String text)) {
      return field;
    }
    boolean formula = FORMULA.matcher(text).lookingAt() && !NUMBER.matcher(text).matches();
    return (formula ? "'" : "") + ShownText.line(text);
  }

  static String number(double value) {
    return Double.toString(value);
  }

  static String number(OptionalDouble value) {
    return value.isPresent() ? number(value.getAsDouble()) : "";
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
