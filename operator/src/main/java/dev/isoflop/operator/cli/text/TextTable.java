package dev.isoflop.operator.cli.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Aligned columns, two spaces apart. */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<Column> columns;
  private final List<List<Cell>> rows = new ArrayList<>();

  /** Where the text of a column stands. */
  public enum Side {
    LEFT,
    RIGHT
  }

  /** A column and its title. */
  public record Column(String title, Side side) {
    public static Column left(String title) {
      return new Column(title, Side.LEFT);
    }

    public static Column right(String title) {
      return new Column(title, Side.RIGHT);
    }
  }

  public TextTable(Column... columns) {
    this.columns = List.of(columns);
  }

  public TextTable row(Cell... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "%d cells for %d columns".formatted(cells.length, columns.size()));
    }
    rows.add(List.of(cells));
    return this;
  }

  public TextTable row(String... cells) {
    return row(Arrays.stream(cells).map(Cell::of).toArray(Cell[]::new));
  }

  /** The titles, unless all are blank, and the rows; no line ends in a space. */
  public List<String> lines(Ink ink) {
    List<Cell> titles =
        columns.stream().map(column -> new Cell(column.title(), Style.HEADING)).toList();
    boolean titled = columns.stream().anyMatch(column -> !column.title().isBlank());
    List<List<Cell>> all = titled ? Stream.concat(Stream.of(titles), rows.stream()).toList() : rows;
    int[] widths = new int[columns.size()];
    for (List<Cell> row : all) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).width());
      }
    }
    return all.stream().map(row -> line(row, widths, ink)).toList();
  }

  private String line(List<Cell> row, int[] widths, Ink ink) {
    StringBuilder line = new StringBuilder();
    StringBuilder pending = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      Cell cell = row.get(i);
      String padding = " ".repeat(widths[i] - cell.width());
      boolean right = columns.get(i).side() == Side.RIGHT;
      pending.append(i == 0 ? "" : GAP).append(right ? padding : "");
      if (!cell.text().isEmpty()) {
        line.append(pending).append(ink.paint(cell.style(), cell.text()));
        pending.setLength(0);
      }
      pending.append(right ? "" : padding);
    }
    return line.toString();
  }
}
