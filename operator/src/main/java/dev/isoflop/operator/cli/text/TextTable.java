package dev.isoflop.operator.cli.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Aligned columns, two spaces apart. A column that may be left out is so where it holds nothing. A
 * table that is wider than the screen first breaks the cells of columns that may be broken, then
 * leaves out columns in the order that they state, and if that is not enough shows each row as a
 * list of its values.
 */
public final class TextTable {
  /** Content of a cell whose value is not known. */
  private static final String NOTHING = "-";

  private static final String GAP = "  ";

  private final List<Column> columns;
  private final List<List<Cell>> rows = new ArrayList<>();

  /** Alignment of a column. */
  public enum Side {
    LEFT,
    RIGHT
  }

  /**
   * A column and its title.
   *
   * @param narrowest columns of the screen that its text may be broken to; 0 if it may not
   * @param drop when it is left out on a narrow screen, 1 first, with all others of that turn; 0
   *     for never
   */
  public record Column(String title, Side side, int narrowest, int drop) {
    public static Column left(String title) {
      return new Column(title, Side.LEFT, 0, 0);
    }

    public static Column right(String title) {
      return new Column(title, Side.RIGHT, 0, 0);
    }

    /** The column with texts that may be broken into lines of at least so many columns. */
    public Column breaking(int narrowest) {
      return new Column(title, side, narrowest, drop);
    }

    /** The column, left out in its turn where there is no room: 1 first. */
    public Column dropped(int turn) {
      return new Column(title, side, narrowest, turn);
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

  /** The titles, unless all are blank, and the rows, as wide as they are. */
  public List<String> lines(Ink ink) {
    return lines(Layout.unbounded(ink));
  }

  /**
   * The titles, unless all are blank, and the rows, within the columns of the screen; no line ends
   * in a space. Where columns are left out, a last line names them.
   */
  public List<String> lines(Layout layout) {
    List<String> missing = new ArrayList<>();
    List<String> lines = new ArrayList<>(lines(layout, missing));
    if (!missing.isEmpty()) {
      layout
          .paragraph("", "no room for " + String.join(", ", missing) + ": see --wide")
          .forEach(line -> lines.add(layout.ink().paint(Style.FAINT, line)));
    }
    return lines;
  }

  /**
   * The same without the last line.
   *
   * @param missing gets the titles of the columns that are left out
   */
  public List<String> lines(Layout layout, Collection<String> missing) {
    List<Integer> dropped = new ArrayList<>();
    List<Integer> empty = IntStream.range(0, columns.size()).filter(this::empty).boxed().toList();
    List<Integer> turns =
        columns.stream().map(Column::drop).filter(turn -> turn > 0).distinct().sorted().toList();
    for (int left = 0; left <= turns.size(); left++) {
      List<Integer> kept =
          IntStream.range(0, columns.size())
              .boxed()
              .filter(i -> !dropped.contains(i) && !empty.contains(i))
              .toList();
      int[] widths = widths(kept, layout.columns());
      if (widths.length > 0) {
        dropped.stream()
            .sorted()
            .filter(i -> !empty.contains(i))
            .map(i -> columns.get(i).title())
            .filter(title -> !title.isBlank())
            .forEach(missing::add);
        return draw(kept, widths, layout.ink());
      }
      if (left < turns.size()) {
        int turn = turns.get(left);
        IntStream.range(0, columns.size())
            .filter(i -> columns.get(i).drop() == turn)
            .forEach(dropped::add);
      }
    }
    return stacked(layout);
  }

  /** Widths with which the columns fit, broken as little as can be; none if they cannot. */
  private int[] widths(List<Integer> kept, int room) {
    int[] widths = kept.stream().mapToInt(this::natural).toArray();
    int excess = Arrays.stream(widths).sum() + GAP.length() * (kept.size() - 1) - room;
    while (excess > 0) {
      int widest = -1;
      for (int k = 0; k < widths.length; k++) {
        boolean mayBreak = widths[k] > narrowest(kept.get(k));
        widest = mayBreak && (widest < 0 || widths[k] > widths[widest]) ? k : widest;
      }
      if (widest < 0) {
        return new int[0];
      }
      widths[widest]--;
      excess--;
    }
    return widths;
  }

  /** The least that a column can be broken to, with its title's words whole. */
  private int narrowest(int column) {
    Column it = columns.get(column);
    return it.narrowest() == 0
        ? Integer.MAX_VALUE
        : Math.max(it.narrowest(), Paragraph.longestWord(it.title()));
  }

  /** Whether a column that may be left out says nothing in any row. */
  private boolean empty(int column) {
    return columns.get(column).drop() > 0
        && !rows.isEmpty()
        && rows.stream().map(row -> row.get(column).text()).allMatch(NOTHING::equals);
  }

  private int natural(int column) {
    return Stream.concat(Stream.of(title(column)), rows.stream().map(row -> row.get(column)))
        .mapToInt(Cell::width)
        .max()
        .orElse(0);
  }

  private Cell title(int column) {
    return new Cell(columns.get(column).title(), Style.HEADING);
  }

  private List<String> draw(List<Integer> kept, int[] widths, Ink ink) {
    List<List<Cell>> all = new ArrayList<>();
    if (kept.stream().anyMatch(i -> !columns.get(i).title().isBlank())) {
      all.add(IntStream.range(0, columns.size()).mapToObj(this::title).toList());
    }
    all.addAll(rows);
    return all.stream().flatMap(row -> row(row, kept, widths, ink).stream()).toList();
  }

  /** One row, in as many lines as its tallest cell. */
  private List<String> row(List<Cell> row, List<Integer> kept, int[] widths, Ink ink) {
    List<List<String>> parts = new ArrayList<>();
    int height = 1;
    for (int k = 0; k < widths.length; k++) {
      Cell cell = row.get(kept.get(k));
      List<String> texts =
          cell.width() <= widths[k]
              ? List.of(cell.text())
              : Paragraph.broken("", cell.text(), widths[k]);
      parts.add(texts);
      height = Math.max(height, texts.size());
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < height; i++) {
      List<Cell> line = new ArrayList<>();
      for (int k = 0; k < widths.length; k++) {
        String text = i < parts.get(k).size() ? parts.get(k).get(i) : "";
        line.add(new Cell(text, row.get(kept.get(k)).style()));
      }
      lines.add(line(line, kept, widths, ink));
    }
    return lines;
  }

  private String line(List<Cell> row, List<Integer> kept, int[] widths, Ink ink) {
    StringBuilder line = new StringBuilder();
    StringBuilder pending = new StringBuilder();
    for (int k = 0; k < widths.length; k++) {
      Cell cell = row.get(k);
      String padding = " ".repeat(widths[k] - cell.width());
      boolean right = columns.get(kept.get(k)).side() == Side.RIGHT;
      pending.append(k == 0 ? "" : GAP).append(right ? padding : "");
      if (!cell.text().isEmpty()) {
        line.append(pending).append(ink.paint(cell.style(), cell.text()));
        pending.setLength(0);
      }
      pending.append(right ? "" : padding);
    }
    return line.toString();
  }

  /** Each row as its first cell and a list of the others with their titles. */
  private List<String> stacked(Layout layout) {
    List<String> lines = new ArrayList<>();
    for (List<Cell> row : rows) {
      lines.addAll(
          layout.paragraph("", row.get(0).text()).stream()
              .map(line -> layout.ink().paint(Style.HEADING, line))
              .toList());
      for (int i = 1; i < row.size(); i++) {
        Cell cell = row.get(i);
        if (!cell.text().isBlank()) {
          String title = columns.get(i).title().strip();
          layout
              .paragraph("  ", title.isEmpty() ? cell.text() : title + ": " + cell.text())
              .forEach(line -> lines.add(layout.ink().paint(cell.style(), line)));
        }
      }
    }
    return lines;
  }
}
