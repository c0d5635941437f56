package dev.isoflop.operator.collect;

import java.util.LinkedHashMap;
import java.util.Map;

/** Cursor over one line {@code name{label="value",...} value [timestamp]}. */
final class SampleLine {
  private final String line;
  private final int number;
  private int position;

  SampleLine(String line, int number) {
    this.line = line;
    this.number = number;
  }

  Sample read() throws UnreadableAnswerException {
    String name = name(true);
    if (peek() != '{' && !isBlank(peek())) {
      throw malformed("a blank or '{' must follow the metric's name");
    }
    skipBlanks();
    Map<String, String> labels = peek() == '{' ? labels() : Map.of();
    skipBlanks();
    double value = value(token("a value"));
    skipBlanks();
    if (position < line.length()) {
      timestamp(token("a timestamp"));
      skipBlanks();
    }
    if (position < line.length()) {
      throw malformed("nothing may follow the timestamp");
    }
    return new Sample(name, labels, value);
  }

  private Map<String, String> labels() throws UnreadableAnswerException {
    Map<String, String> labels = new LinkedHashMap<>();
    position++;
    skipBlanks();
    while (peek() != '}') {
      String name = name(false);
      skipBlanks();
      expect('=');
      skipBlanks();
      if (labels.putIfAbsent(name, quoted()) != null) {
        throw malformed("a label stands twice");
      }
      skipBlanks();
      if (peek() == ',') {
        position++;
        skipBlanks();
      } else if (peek() != '}') {
        throw malformed("',' or '}' must follow a label");
      }
    }
    position++;
    return labels;
  }

  private String quoted() throws UnreadableAnswerException {
    expect('"');
    StringBuilder text = new StringBuilder();
    while (peek() != '"') {
      char next = peek();
      if (next == 0) {
        throw malformed("the label's value has no closing quote");
      }
      position++;
      text.append(next == '\\' ? escaped() : next);
    }
    position++;
    return text.toString();
  }

  private char escaped() throws UnreadableAnswerException {
    char code = peek();
    position++;
    return switch (code) {
      case '\\', '"' -> code;
      case 'n' -> '\n';
      default -> throw malformed("unknown escape");
    };
  }

  /** Metric names may hold colons, label names may not; neither starts with a digit. */
  private String name(boolean colons) throws UnreadableAnswerException {
    int start = position;
    while (isNamePart(peek(), colons) || (position > start && isDigit(peek()))) {
      position++;
    }
    if (position == start) {
      throw malformed("a name must stand here");
    }
    return line.substring(start, position);
  }

  private static boolean isNamePart(char letter, boolean colons) {
    return (letter >= 'a' && letter <= 'z')
        || (letter >= 'A' && letter <= 'Z')
        || letter == '_'
        || (colons && letter == ':');
  }

  private static boolean isDigit(char letter) {
    return letter >= '0' && letter <= '9';
  }

  private String token(String what) throws UnreadableAnswerException {
    int start = position;
    while (position < line.length() && !isBlank(peek())) {
      position++;
    }
    if (position == start) {
      throw malformed(what + " must stand here");
    }
    return line.substring(start, position);
  }

  private double value(String token) throws UnreadableAnswerException {
    return switch (token) {
      case "NaN" -> Double.NaN;
      case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> number(token);
    };
  }

  private double number(String token) throws UnreadableAnswerException {
    try {
      return Double.parseDouble(token);
    } catch (NumberFormatException e) {
      throw malformed("a number must stand before");
    }
  }

  private void timestamp(String token) throws UnreadableAnswerException {
    if (!token.matches("-?\\d{1,18}")) {
      throw malformed("a timestamp in milliseconds must stand before");
    }
  }

  private void expect(char wanted) throws UnreadableAnswerException {
    if (peek() != wanted) {
      throw malformed("'" + wanted + "' must stand here");
    }
    position++;
  }

  private void skipBlanks() {
    while (isBlank(peek())) {
      position++;
    }
  }

  private static boolean isBlank(char letter) {
    return letter == ' ' || letter == '\t';
  }

  /** The letter at the cursor; 0 behind the end. */
  private char peek() {
    return position < line.length() ? line.charAt(position) : 0;
  }

  private UnreadableAnswerException malformed(String problem) {
    return new UnreadableAnswerException(
        "malformed metrics, line %d, column %d: %s".formatted(number, position + 1, problem));
  }
}
