package dev.isoflop.operator.report.tables;

import dev.isoflop.operator.report.plot.RichText;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A numbered table.
 *
 * @param absence why it has no rows; empty if it has
 * @param sortable whether readers may order its rows
 */
public record Table(
    String id,
    RichText title,
    List<Column> columns,
    List<Row> rows,
    String absence,
    boolean sortable,
    List<RichText> notes) {

  public Table {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
  }

  /** This table without the columns in which no row has anything. */
  public Table withoutEmptyColumns() {
    List<Integer> kept =
        IntStream.range(0, columns.size())
            .filter(
                i -> rows.isEmpty() || rows.stream().anyMatch(row -> !row.cells().get(i).isEmpty()))
            .boxed()
            .toList();
    return new Table(
        id,
        title,
        kept.stream().map(columns::get).toList(),
        rows.stream()
            .map(row -> new Row(row.kind(), kept.stream().map(row.cells()::get).toList()))
            .toList(),
        absence,
        sortable,
        notes);
  }

  /**
   * @param explanation shown on pointing at the heading
   */
  record Column(RichText heading, boolean numeric, String explanation) {
    static Column text(String heading) {
      return new Column(RichText.of(heading), false, "");
    }

    static Column number(RichText heading, String explanation) {
      return new Column(heading, true, explanation);
    }
  }

  /**
   * @param kind {@code muted} for rows that stand back, else empty
   */
  record Row(String kind, List<Cell> cells) {
    Row {
      cells = List.copyOf(cells);
    }
  }

  /**
   * One cell of a row.
   *
   * @param key what the cell is sorted by: a number, or text
   * @param kind {@code number} at the right, {@code formula} in one line, or {@code words}
   */
  public record Cell(RichText text, String key, String kind) {

    /** Mark of an unknown value. */
    public static final String NOTHING = "\u2013";

    static Cell text(String text) {
      return new Cell(RichText.of(text), text, "words");
    }

    static Cell text(RichText text) {
      return new Cell(text, text.plain(), "words");
    }

    /** A cell that must not be broken over lines, such as a formula or a name. */
    static Cell formula(RichText text) {
      return new Cell(text, text.plain(), "formula");
    }

    static Cell number(RichText text, double value) {
      return new Cell(text, Double.toString(value), "number");
    }

    static Cell number(String text, double value) {
      return number(RichText.of(text), value);
    }

    /** Whether the cell says nothing. */
    boolean isEmpty() {
      return key.isEmpty();
    }

    static Cell nothing() {
      return new Cell(RichText.of(NOTHING), "", "number");
    }
  }
}
