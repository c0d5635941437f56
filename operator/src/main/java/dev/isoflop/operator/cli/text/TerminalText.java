package dev.isoflop.operator.cli.text;

import dev.isoflop.text.ShownText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text on its way to a terminal or into a pipe, where nothing but this program's own colours may
 * steer. What else would is {@linkplain ShownText escaped}.
 */
public final class TerminalText {
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

  private TerminalText() {}

  /** Text that holds no colours yet, on one line. */
  public static String of(String text) {
    return ShownText.line(text);
  }

  /** Lines that may hold colours of an {@link Ink}. */
  static String painted(String lines) {
    StringBuilder out = new StringBuilder();
    Matcher colour = COLOUR.matcher(lines);
    int end = 0;
    while (colour.find()) {
      out.append(ShownText.lines(lines.substring(end, colour.start()))).append(colour.group());
      end = colour.end();
    }
    return out.append(ShownText.lines(lines.substring(end))).toString();
  }
}
