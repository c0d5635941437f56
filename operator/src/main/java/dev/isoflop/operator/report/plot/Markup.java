package dev.isoflop.operator.report.plot;

import dev.isoflop.text.ShownText;

/** Text as XML and HTML take it: whatever a name holds, it stays text. */
public final class Markup {

  private Markup() {}

  /**
   * Escapes the five special characters and replaces by U+FFFD what XML 1.0 cannot hold (control
   * characters, lone surrogates) and what turns the direction of writing.
   */
  public static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(point -> append(point, out));
    return out.toString();
  }

  private static void append(int point, StringBuilder out) {
    switch (point) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      default -> out.appendCodePoint(allowed(point) ? point : 0xFFFD);
    }
  }

  private static boolean allowed(int point) {
    return point == '\t'
        || point == '\n'
        || point == '\r'
        || (!ShownText.isControl(point)
            && ((point >= 0x20 && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD)
                || point >= 0x10000));
  }
}
