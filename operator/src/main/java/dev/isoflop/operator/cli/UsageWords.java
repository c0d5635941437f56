package dev.isoflop.operator.cli;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command line parser's messages without its own words for positions and Java's types. */
final class UsageWords {
  private static final List<Rule> RULES =
      List.of(
          rule(
              "positional parameter at index \\S+ \\((.+)\\) requires at least (\\d+) values, but"
                  + " (?:only )?(\\S+) (?:was|were) specified.*",
              "$1: give at least $2, there is $3"),
          rule("positional parameter at index \\S+ \\(([^()]+)\\)", "$1"),
          rule("positional parameter at index \\S+", "argument"),
          rule("is not an? (?:double|float|Double|Float)\\b", "is not a number"),
          rule("is not an? (?:int|long|short|byte|Integer|Long)\\b", "is not a whole number"),
          rule("is not a (?:single character|character|char)\\b", "is no single character"),
          rule("Value for option option ", "Value for option "),
          rule("should be in KEY=VALUE format but was (.+)", "is NAME=VALUE, not '$1'"),
          rule("cannot convert '([^']*)' to .*", "'$1' cannot be used"),
          rule("for option '([^']+)' \\(<?[^()]*>?\\)", "for option '$1'"),
          rule(
              "expected one of \\[([^\\]]+)\\] \\(case-insensitive\\) but was '([^']*)'",
              "'$2' is none of $1"),
          rule(
              "expected one of \\[([^\\]]+)\\] \\(case-sensitive\\) but was '([^']*)'",
              "'$2' is none of $1"),
          rule("(?:java|picocli)\\.[A-Za-z.$]+(?:Exception)?:? ?", ""));

  private record Rule(Pattern pattern, String replacement) {
    String apply(String message) {
      Matcher matcher = pattern.matcher(message);
      return matcher.replaceAll(replacement);
    }
  }

  private UsageWords() {}

  private static Rule rule(String pattern, String replacement) {
    return new Rule(Pattern.compile(pattern), replacement);
  }

  /** The message for people, in one line. */
  static String of(String message) {
    String words = message.replace('\n', ' ');
    for (Rule rule : RULES) {
      words = rule.apply(words);
    }
    return words;
  }
}
