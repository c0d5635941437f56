package dev.isoflop.operator.cli.shared;

import dev.isoflop.operator.cli.text.Ink;
import dev.isoflop.operator.cli.text.Layout;
import dev.isoflop.operator.cli.text.Style;
import java.io.PrintStream;
import java.util.List;

/**
 * One of the program's two streams.
 *
 * @param interactive whether a person watches it on a terminal, where lines can be drawn again
 * @param layout how styles look on it, and how wide its tables may be
 */
public record Console(PrintStream stream, boolean interactive, Layout layout) {

  /** Ink of the console's styles. */
  public Ink ink() {
    return layout.ink();
  }

  public void print(List<String> lines) {
    lines.forEach(this::print);
  }

  public void print(String line) {
    stream.println(ink().printed(line));
  }

  /** Prints a paragraph that keeps to the columns of the terminal. */
  public void paragraph(String mark, String text) {
    print(layout.paragraph(mark, text));
  }

  /** The same with the mark in a style. */
  public void paragraph(String mark, Style style, String text) {
    print(layout.paragraph(mark, style, text));
  }

  public void note(String text) {
    paragraph("note: ", text);
  }

  public String paint(Style style, String text) {
    return ink().paint(style, text);
  }
}
