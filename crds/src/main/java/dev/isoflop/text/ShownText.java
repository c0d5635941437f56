package dev.isoflop.text;

/**
 * Text from elsewhere, such as names, captions and messages, as it may reach a terminal, log or
 * file. Characters that steer instead of being seen (control characters, among them ESC and BEL;
 * separators of lines; marks of writing direction) are written as Java and JSON escape them: {@code
 * \}{@code u001b}. Showing what is shown already changes nothing.
 */
public final class ShownText {
  private ShownText() {}

  /** A message: control characters escaped, and {@link ShownUri URIs} without what is secret. */
  public static String message(String text) {
    return ShownUri.in(lines(text));
  }

  /** Text of several lines: line feeds and tabs stay. */
  public static String lines(String text) {
    return escaped(text, "\n\t");
  }

  /** Text of one line: line feeds, carriage returns and tabs become spaces. */
  public static String line(String text) {
    return escaped(text.replace('\n', ' ').replace('\r', ' ').replace('\t', ' '), "");
  }

  private static String escaped(String text, String kept) {
    if (text.chars().noneMatch(character -> steers((char) character, kept))) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (steers(character, kept)) {
        out.append("\\u%04x".formatted((int) character));
      } else {
        out.append(character);
      }
    }
    return out.toString();
  }

  private static boolean steers(char character, String kept) {
    return isControl(character) && kept.indexOf(character) < 0;
  }

  /** Whether a character steers a terminal, ends a line, or turns the direction of writing. */
  public static boolean isControl(int character) {
    return Character.isISOControl(character)
        || character == '\u061c' // Arabic letter mark
        || (character >= '\u200e' && character <= '\u200f') // left-to-right and right-to-left mark
        || (character >= '\u2028' && character <= '\u202e') // separators, embeddings, overrides
        || (character >= '\u2066' && character <= '\u206f') // isolates, and marks of old
        || (character >= '\ufff9' && character <= '\ufffb'); // annotations
  }
}
