package dev.isoflop.operator.cli.text;

/** The content of one cell of a table. */
public record Cell(String text, Style style) {

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
