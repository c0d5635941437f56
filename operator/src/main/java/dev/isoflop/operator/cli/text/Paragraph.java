package dev.isoflop.operator.cli.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Text broken at spaces. */
public final class Paragraph {
  /** Columns that every terminal is assumed to have room for. */
  public static final int WIDTH = 80;

  /** Marks that join the parts of a name or path. */
  private static final String JOINTS = "/-_.:@,=&";

  /** A number and its percent sign stay together. */
  private static final Pattern WORDS = Pattern.compile("\\s+(?!%(?:\\W|$))");

  private Paragraph() {}

  /**
   * Lines of at most {@link #WIDTH} columns, unless a word alone is longer.
   *
   * @param mark stands before the first line; the others are indented as far
   */
  public static List<String> lines(String mark, String text) {
    return lines(mark, text, WIDTH);
  }

  /** The same, with the mark in a style. */
  public static List<String> lines(String mark, Style style, Ink ink, String text) {
    return lines(mark, style, ink, text, WIDTH);
  }

  /** The same for a screen of so many columns. */
  public static List<String> lines(String mark, Style style, Ink ink, String text, int width) {
    List<String> lines = lines(mark, text, width);
    String first = ink.paint(style, mark.stripTrailing());
    lines.set(0, first + lines.get(0).substring(mark.stripTrailing().length()));
    return lines;
  }

  /**
   * Lines of at most so many columns; a word that is longer is broken, if it can be behind a mark
   * that joins parts of names.
   */
  public static List<String> broken(String mark, String text, int width) {
    int room = Math.max(1, width - mark.length());
    List<String> words = new ArrayList<>();
    for (String word : words(text)) {
      String rest = word;
      while (rest.length() > room) {
        int joint = joint(rest, room);
        words.add(rest.substring(0, joint));
        rest = rest.substring(joint);
      }
      words.add(rest);
    }
    return lines(mark, words, width);
  }

  /** How many letters of a word of more than {@code room} go into the first line. */
  private static int joint(String word, int room) {
    for (int i = room; i > room / 2; i--) {
      if (JOINTS.indexOf(word.charAt(i - 1)) >= 0) {
        return i;
      }
    }
    return room;
  }

  static int longestWord(String text) {
    return words(text).stream().mapToInt(String::length).max().orElse(0);
  }

  private static List<String> lines(String mark, String text, int width) {
    return lines(mark, words(text), width);
  }

  private static List<String> words(String text) {
    return WORDS.splitAsStream(TerminalText.of(text).strip()).toList();
  }

  private static List<String> lines(String mark, List<String> words, int width) {
    List<String> lines = new ArrayList<>();
    String indent = " ".repeat(mark.length());
    StringBuilder line = new StringBuilder(mark);
    boolean blank = true;
    for (String word : words) {
      if (!blank && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line = new StringBuilder(indent);
        blank = true;
      }
      line.append(blank ? "" : " ").append(word);
      blank = false;
    }
    lines.add(line.toString());
    return lines;
  }
}
