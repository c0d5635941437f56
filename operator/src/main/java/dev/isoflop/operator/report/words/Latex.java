package dev.isoflop.operator.report.words;

import dev.isoflop.text.ShownText;

/** Text as TeX takes it. */
public final class Latex {

  private Latex() {}

  /**
   * Escapes TeX's special characters and leaves out those that steer, so that any name stays text.
   */
  public static String escape(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints().forEach(point -> append(point, out));
    return out.toString();
  }

  private static void append(int point, StringBuilder out) {
    switch (point) {
      case '&', '%', '$', '#', '_', '{', '}' -> out.append('\\').appendCodePoint(point);
      case '~' -> out.append("\\textasciitilde{}");
      case '^' -> out.append("\\textasciicircum{}");
      case '\\' -> out.append("\\textbackslash{}");
      case '<' -> out.append("\\textless{}");
      case '>' -> out.append("\\textgreater{}");
      default -> {
        if (!ShownText.isControl(point)) {
          out.appendCodePoint(point);
        }
      }
    }
  }
}
