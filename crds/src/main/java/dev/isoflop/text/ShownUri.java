package dev.isoflop.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * URIs as they are printed, logged and stored: without user, password, query and fragment, any of
 * which may hold a permission. {@code https://me:word@host/a.tar?sig=abc} is shown as {@code
 * https://host/a.tar?…}. Showing what is shown already changes nothing.
 */
public final class ShownUri {
  private static final String LEFT_OUT = "\u2026";

  /**
   * Where a URI begins; {@code http:} needs no slashes, as readers take it without them. The bound
   * keeps the time in proportion to the text; of a longer scheme the beginning is copied as it is.
   */
  private static final String BEGIN = "(?:[A-Za-z][A-Za-z0-9+.-]{0,63}:/|[hH][tT][tT][pP][sS]?:)";

  private static final Pattern START = Pattern.compile(BEGIN);

  /** Commas between several URIs; one within a query is none, as what follows has no scheme. */
  private static final Pattern SEPARATOR = Pattern.compile(",(?=\\s*" + BEGIN + ")");

  private static final Pattern IN_TEXT = Pattern.compile(BEGIN + "[^\\s'\"<>]*");
  private static final String PUNCTUATION = ".,;:)]";
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("[^:]*|\\[[^]]*](:\\d*)?|[^:]*:\\d*");

  private ShownUri() {}

  /** A setting that names a URI, several separated by commas, or a path, which stays as it is. */
  public static String of(String uri) {
    return SEPARATOR.splitAsStream(uri).map(ShownUri::one).collect(Collectors.joining(","));
  }

  /** Text in which URIs may stand, such as the message of an exception. */
  public static String in(String text) {
    return IN_TEXT.matcher(text).replaceAll(found -> Matcher.quoteReplacement(word(found.group())));
  }

  /** A URI within a sentence, whose last mark may be the sentence's. */
  private static String word(String uri) {
    int length = uri.length();
    while (length > 0 && PUNCTUATION.indexOf(uri.charAt(length - 1)) >= 0) {
      length--;
    }
    return of(uri.substring(0, length)) + uri.substring(length);
  }

  private static String one(String text) {
    Matcher start = START.matcher(text);
    if (!start.find()) {
      return text;
    }
    int authority = start.end();
    while (authority < text.length() && text.charAt(authority) == '/') {
      authority++;
    }
    return text.substring(0, authority)
        + withoutQuery(
            withoutUser(text.substring(authority)), text.startsWith("file:", start.start()));
  }

  /** A password may hold any mark, so what cannot be a host is none, however it goes on. */
  private static String withoutUser(String rest) {
    int end = first(rest, "/?#");
    int at = rest.substring(0, end).lastIndexOf('@');
    if (at < 0 && !HOST_AND_PORT.matcher(rest.substring(0, end)).matches()) {
      at = rest.lastIndexOf('@');
    }
    return rest.substring(at + 1);
  }

  /**
   * Removes the query; in the path of a file {@code ?} stands for any letter, and {@code #} for
   * itself.
   */
  private static String withoutQuery(String rest, boolean file) {
    int mark = first(rest, "?#");
    boolean path = file && rest.indexOf('=', mark) < 0;
    return mark == rest.length() || path ? rest : rest.substring(0, mark + 1) + LEFT_OUT;
  }

  private static int first(String text, String marks) {
    for (int i = 0; i < text.length(); i++) {
      if (marks.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }
}
