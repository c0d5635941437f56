package dev.isoflop.operator.cli.shared;

import dev.isoflop.operator.cli.text.CommandLines;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The examples of a command's help, which a shell takes as they stand, however narrow it is. */
final class ExampleText {
  private static final String INDENT = "  ";
  private static final Pattern COMMENT = Pattern.compile("(.*\\S)\\s+(# .*)");
  private static final Pattern SPACES = Pattern.compile(" +");

  private ExampleText() {}

  /** The examples, within the columns of the help. */
  static String of(UsageMessageSpec usage) {
    List<String> lines = new ArrayList<>();
    for (String example : usage.footer()) {
      if (example.length() < usage.width()) {
        lines.add(example);
      } else {
        lines.addAll(broken(example.strip(), usage.width()));
      }
    }
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }

  /** The comment before the command, which is broken between its arguments. */
  private static List<String> broken(String example, int width) {
    List<String> lines = new ArrayList<>();
    Matcher comment = COMMENT.matcher(example);
    String command = example;
    if (comment.matches()) {
      command = comment.group(1);
      lines.add(INDENT + comment.group(2));
    }
    lines.addAll(CommandLines.of(INDENT, List.of(SPACES.split(command)), width - 1));
    return lines;
  }
}
