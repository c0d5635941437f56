package dev.isoflop.worker.data.shard.locate;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Braces in shard names, as shells and webdataset expand them: {@code {00000..00031}} counts with
 * as many digits as written, {@code {a,b}} lists alternatives; several braces give every
 * combination.
 */
public final class BracePattern {
  /** More names than any data set has shards; a guard against a slip in a range. */
  static final int MAXIMUM_NAMES = 1_000_000;

  /** Of all names together: what fits into memory beside everything else. */
  private static final long MAXIMUM_CHARACTERS = 1L << 26;

  private static final Pattern RANGE = Pattern.compile("(\\d{1,9})\\.\\.(\\d{1,9})");

  private BracePattern() {}

  /** Splits a list at its commas, but not at those inside braces. */
  public static List<String> splitList(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{') {
        depth++;
      } else if (c == '}') {
        depth--;
      } else if (c == ',' && depth == 0) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  /**
   * Every name that a pattern stands for, in the order of its ranges.
   *
   * @throws IllegalArgumentException if a brace is malformed, with what is wrong about it
   */
  static List<String> expand(String pattern) {
    int open = pattern.indexOf('{');
    if (open < 0) {
      if (pattern.indexOf('}') >= 0) {
        throw new IllegalArgumentException("a '}' without its '{'");
      }
      return List.of(pattern);
    }
    int close = pattern.indexOf('}', open);
    if (close < 0) {
      throw new IllegalArgumentException("a '{' without its '}'");
    }
    String head = pattern.substring(0, open);
    List<String> middles = alternatives(pattern.substring(open + 1, close));
    List<String> tails = expand(pattern.substring(close + 1));
    if ((long) middles.size() * tails.size() > MAXIMUM_NAMES) {
      throw new IllegalArgumentException("more than " + MAXIMUM_NAMES + " names");
    }
    if ((long) middles.size() * tails.size() * pattern.length() > MAXIMUM_CHARACTERS) {
      throw new IllegalArgumentException("too many names for their length");
    }
    List<String> names = new ArrayList<>(middles.size() * tails.size());
    for (String middle : middles) {
      for (String tail : tails) {
        names.add(head + middle + tail);
      }
    }
    return names;
  }

  private static List<String> alternatives(String inside) {
    Matcher range = RANGE.matcher(inside);
    if (range.matches()) {
      return range(inside, range.group(1), range.group(2));
    }
    if (inside.indexOf(',') >= 0 && inside.indexOf('{') < 0) {
      return List.of(inside.split(",", -1));
    }
    throw new IllegalArgumentException(
        "'{" + inside + "}' is neither a range {00000..00031} nor a list {a,b}");
  }

  private static List<String> range(String inside, String first, String last) {
    int low = Integer.parseInt(first);
    int high = Integer.parseInt(last);
    if (high < low) {
      throw new IllegalArgumentException(
          "the range {" + inside + "} is empty: it ends before it begins");
    }
    if (high - low >= MAXIMUM_NAMES) {
      throw new IllegalArgumentException(
          "the range {" + inside + "} has more than " + MAXIMUM_NAMES + " names");
    }
    int width = first.startsWith("0") ? first.length() : 1;
    List<String> names = new ArrayList<>(high - low + 1);
    for (int number = low; number <= high; number++) {
      String digits = Integer.toString(number);
      names.add("0".repeat(Math.max(0, width - digits.length())) + digits);
    }
    return names;
  }
}
