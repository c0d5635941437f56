package dev.isoflop.operator.cli.text;

/** The content of one cell of a table: a line in which nothing steers the terminal. */
public record Cell(String text, Style style) {

  public Cell {
    text = TerminalText.of(text);
  }

  public static Cell of(String text) {
    return new Cell(text, Style.PLAIN);
  }

  public static Cell faint(String text) {
    return new Cell(text, Style.FAINT);
  }

  /** Columns of the terminal that the text takes up. */
  int width() {
    return text.codePointCount(0, text.length());
  }
}
