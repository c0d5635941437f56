package dev.isoflop.operator.cli.progress;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A terminal of endless length that does what the program's control codes ask for. */
final class FakeTerminal {
  private static final Pattern PIECE =
      Pattern.compile("\u001b\\[(\\d*)([A-Za-z])|\\r|\\n|[^\u001b\\r\\n]+");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  final PrintStream stream = new PrintStream(bytes, true, UTF_8);

  /** What stands on it, without styles and without the blanks at the end. */
  List<String> lines() {
    List<StringBuilder> screen = new ArrayList<>(List.of(new StringBuilder()));
    int row = 0;
    int column = 0;
    Matcher piece = PIECE.matcher(bytes.toString(UTF_8));
    while (piece.find()) {
      String code = piece.group(2);
      if (code == null) {
        switch (piece.group()) {
          case "\r" -> column = 0;
          case "\n" -> {
            column = 0;
            row++;
            if (row == screen.size()) {
              screen.add(new StringBuilder());
            }
          }
          default -> {
            String text = piece.group();
            StringBuilder line = screen.get(row);
            line.append(" ".repeat(Math.max(0, column - line.length())));
            line.replace(column, Math.min(line.length(), column + text.length()), text);
            column += text.length();
          }
        }
        continue;
      }
      switch (code) {
        case "A" -> row -= Integer.parseInt(piece.group(1));
        case "K" -> cut(screen.get(row), column);
        case "J" -> {
          cut(screen.get(row), column);
          screen.subList(row + 1, screen.size()).clear();
        }
        case "m" -> {}
        default -> throw new AssertionError("no such code: " + code);
      }
    }
    List<String> lines =
        new ArrayList<>(screen.stream().map(it -> it.toString().stripTrailing()).toList());
    while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }

  private static void cut(StringBuilder line, int column) {
    line.setLength(Math.min(line.length(), column));
  }
}
