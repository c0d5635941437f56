package dev.isoflop.operator.cli.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Colours and width of printed text.
 *
 * @param columns that no table line exceeds; {@link #UNBOUNDED} for files and pipes
 */
public record Layout(Ink ink, int columns) {
  /** Columns of files and pipes, whose readers scroll or cut. */
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  /** The narrowest screen that tables are set for. */
  private static final int NARROWEST = 40;

  public Layout {
    columns = Math.max(NARROWEST, columns);
  }

  /** Tables as wide as they are. */
  public static Layout unbounded(Ink ink) {
    return new Layout(ink, UNBOUNDED);
  }

  /** Columns of running text: no more than are read with ease. */
  public int textColumns() {
    return Math.min(columns, Paragraph.WIDTH);
  }

  /** The same for text that is set in by so many columns. */
  public Layout indented(int by) {
    return columns == UNBOUNDED ? this : new Layout(ink, columns - by);
  }

  /** A paragraph that keeps to the columns. */
  public List<String> paragraph(String mark, String text) {
    return columns >= Paragraph.WIDTH
        ? Paragraph.lines(mark, text)
        : Paragraph.broken(mark, text, columns);
  }

  /** The same with the mark in a style. */
  public List<String> paragraph(String mark, Style style, String text) {
    List<String> lines = new ArrayList<>(paragraph(mark, text));
    String bare = mark.stripTrailing();
    lines.set(0, ink.paint(style, bare) + lines.get(0).substring(bare.length()));
    return lines;
  }
}
