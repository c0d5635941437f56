package dev.isoflop.operator.cli.shared;

import dev.isoflop.operator.cli.text.CommandLines;
import dev.isoflop.operator.cli.text.Layout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Files and commands as they are shown to people. */
public final class Paths {
  private Paths() {}

  /** Relative to the working directory where it lies below that, absolute otherwise. */
  public static String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path there = path.toAbsolutePath().normalize();
    return there.startsWith(here) && !there.equals(here)
        ? here.relativize(there).toString()
        : there.toString();
  }

  /** A command that gives the same again, for a shell: the program as it was called. */
  public static String command(List<String> arguments) {
    String program = System.getProperty("isoflop.command", "./isoflop");
    return quoted(program)
        + " "
        + arguments.stream().map(Paths::quoted).collect(Collectors.joining(" "));
  }

  /**
   * Words before a command and the command, in lines that a shell takes as they stand: broken
   * between arguments alone, behind a backslash.
   */
  public static List<String> commandLines(String words, List<String> arguments, Layout layout) {
    List<String> parts = new ArrayList<>(arguments.stream().map(Paths::quoted).toList());
    parts.add(0, quoted(System.getProperty("isoflop.command", "./isoflop")));
    return CommandLines.of(words + " ", parts, layout.columns());
  }

  private static String quoted(String argument) {
    return argument.matches("[A-Za-z0-9_./=:,@%+-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
