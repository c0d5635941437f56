package dev.isoflop.operator.sweep.state;

import dev.isoflop.text.ShownText;
import java.util.List;
import java.util.Locale;

/** Text that must fit a field of the API; it is {@linkplain ShownText#message fit to be shown}. */
public final class Text {

  private static final String SEPARATOR = "; ";

  private Text() {}

  /**
   * The text; where it is longer than the field it ends at a word, with a count of the characters
   * left out.
   *
   * @param longest characters that the field holds, at least 64
   */
  public static String clip(String said, int longest) {
    String text = ShownText.message(said);
    if (text.length() <= longest) {
      return text;
    }
    int room = longest - more(text.length()).length();
    int word = text.lastIndexOf(' ', room);
    int end = word > room / 2 ? word : room;
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + more(text.length() - end);
  }

  private static String more(int characters) {
    return String.format(Locale.ROOT, " … (%,d more characters)", characters);
  }

  /**
   * Messages one after another, as many as the field holds, with a count of those left out.
   *
   * @param longest characters that the field holds, at least 96
   */
  public static String join(List<String> said, int longest) {
    List<String> messages = said.stream().map(ShownText::message).toList();
    String whole = String.join(SEPARATOR, messages);
    if (whole.length() <= longest) {
      return whole;
    }
    int room = longest - rest(messages, 0).length();
    StringBuilder text = new StringBuilder();
    int kept = 0;
    for (String message : messages) {
      if (text.length() + SEPARATOR.length() + message.length() > room) {
        break;
      }
      text.append(kept == 0 ? "" : SEPARATOR).append(message);
      kept++;
    }
    if (kept > 0) {
      return text + rest(messages, kept);
    }
    String rest = messages.size() == 1 ? "" : rest(messages, 1);
    return clip(messages.get(0), longest - rest.length()) + rest;
  }

  private static String rest(List<String> messages, int kept) {
    return SEPARATOR + "and %d more".formatted(messages.size() - kept);
  }
}
