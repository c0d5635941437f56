package dev.isoflop.operator.timing;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/** Expressions of five fields, as a crontab has them. */
final class Crontab {
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final List<String> DAYS =
      List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");

  private Crontab() {}

  /**
   * The expression of the same moments in Quartz's form, where days of the week count from 1 and
   * one of the two days is {@code ?}; empty if there is none.
   *
   * @param fields minute, hour, day of the month, month, day of the week
   */
  static Optional<String> inQuartz(List<String> fields) {
    String ofMonth = fields.get(2);
    String ofWeek = fields.get(4);
    boolean everyDayOfWeek = ofWeek.equals("*") || ofWeek.equals("?");
    if (!everyDayOfWeek && !ofMonth.equals("*") && !ofMonth.equals("?")) {
      // a crontab means either of the days, for which Quartz has no expression
      return Optional.empty();
    }
    String expression =
        "0 %s %s %s %s %s"
            .formatted(
                fields.get(0),
                fields.get(1),
                everyDayOfWeek ? (ofMonth.equals("?") ? "*" : ofMonth) : "?",
                fields.get(3),
                everyDayOfWeek ? "?" : named(ofWeek));
    return CronExpression.isValidExpression(expression)
        ? Optional.of(expression)
        : Optional.empty();
  }

  /** Days by name; steps stay numbers. */
  private static String named(String ofWeek) {
    String[] parts = ofWeek.split("/", 2);
    String days = NUMBER.matcher(parts[0]).replaceAll(Crontab::day);
    return parts.length == 1 ? days : days + "/" + parts[1];
  }

  private static String day(MatchResult number) {
    return number.group().length() == 1 && number.group().charAt(0) < '8'
        ? DAYS.get(number.group().charAt(0) - '0')
        : number.group();
  }
}
