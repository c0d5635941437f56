package dev.isoflop.operator.cli.text;

import java.util.ArrayList;
import java.util.List;

/** Commands for a shell, broken between their arguments alone. */
public final class CommandLines {
  private static final String INDENT = "    ";
  private static final String CONTINUED = " \\";

  private CommandLines() {}

  /**
   * Lines of at most so many columns, unless an argument alone is longer.
   *
   * @param before stands before the command, on a line of its own where the command's first part
   *     would not fit beside it
   * @param parts the program and its arguments, quoted as they must be
   */
  public static List<String> of(String before, List<String> parts, int columns) {
    String whole = before + String.join(" ", parts);
    if (whole.length() <= columns) {
      return List.of(whole);
    }
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(before);
    if (!before.isBlank()) {
      lines.add(before.stripTrailing());
      line = new StringBuilder("  ");
    }
    boolean blank = true;
    List<String> units = units(parts);
    for (int i = 0; i < units.size(); i++) {
      int end = i == units.size() - 1 ? 0 : CONTINUED.length();
      String part = units.get(i);
      if (!blank && line.length() + 1 + part.length() + end > columns) {
        lines.add(line + CONTINUED);
        line = new StringBuilder(before.isBlank() ? before : "  ").append(INDENT);
        blank = true;
      }
      line.append(blank ? "" : " ").append(part);
      blank = false;
    }
    lines.add(line.toString());
    return lines;
  }

  /** The parts, an option with its value. */
  private static List<String> units(List<String> parts) {
    List<String> units = new ArrayList<>();
    boolean awaited = false;
    for (String part : parts) {
      if (awaited && !part.startsWith("-")) {
        units.add(units.remove(units.size() - 1) + " " + part);
        awaited = false;
      } else {
        units.add(part);
        awaited = part.equals(">") || (part.startsWith("--") && !part.contains("="));
      }
    }
    return units;
  }
}
