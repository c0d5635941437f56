package dev.isoflop.operator.timing;

import dev.isoflop.api.v1alpha1.sweep.LaunchWindow;
import dev.isoflop.operator.manifest.Spelling;
import dev.isoflop.operator.sweep.observe.LaunchWindowState;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;

/**
 * When trials may start: from each moment that the cron expression matches, for the window's
 * duration. Windows that overlap or touch are one.
 */
public final class LaunchWindows {
  private static final int MOST_JOINED = 1000;
  private static final int UNIX_FIELDS = 5;
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private static final Pattern NUMBER = Pattern.compile("0*(\\d+)");

  /** The parser keeps each year of a range, and would fill the memory with those up to 99999999. */
  private static final int LAST_YEAR = 9999;

  private static final List<ClockField> CLOCK =
      List.of(
          new ClockField("second", 59), new ClockField("minute", 59), new ClockField("hour", 23));

  /** A field of the expression that a clock shows. */
  private record ClockField(String name, int most) {}

  private final @Nullable Openings openings;
  private final Duration duration;

  private LaunchWindows(@Nullable Openings openings, Duration duration) {
    this.openings = openings;
    this.duration = duration;
  }

  /**
   * The windows that a manifest describes.
   *
   * @param window null for always open
   * @param from when it must be open, or open later, at least once
   * @throws BadWindowException if a field cannot be read, or no window opens; the message names it
   */
  public static LaunchWindows of(@Nullable LaunchWindow window, Instant from)
      throws BadWindowException {
    if (window == null) {
      return new LaunchWindows(null, Duration.ZERO);
    }
    Openings openings = new Openings(cron(window), zone(window));
    Duration duration = duration(window);
    if (openings.after(from.minus(duration)).isEmpty()) {
      throw new BadWindowException(
          "scheduling.window.cron",
          "'%s' never opens: it matches no moment to come".formatted(window.cron()),
          "write a date that comes, such as '0 0 20 * * ?' (second minute hour day-of-month month"
              + " day-of-week)",
          null);
    }
    return new LaunchWindows(openings, duration);
  }

  private static CronExpression cron(LaunchWindow window) throws BadWindowException {
    bounds(window);
    try {
      return new CronExpression(window.cron());
    } catch (ParseException e) {
      boolean unix = fields(window).size() == UNIX_FIELDS;
      String form = "second minute hour day-of-month month day-of-week";
      throw new BadWindowException(
          "scheduling.window.cron",
          "'%s' is not a Quartz cron expression%s".formatted(window.cron(), unix ? "" : why(e)),
          unix
              ? "it has five fields as in a crontab: write '%s' (%s, with ? for the day that does not count)"
                  .formatted(Crontab.inQuartz(fields(window)).orElse("0 0 20 * * ?"), form)
              : "write it like '0 0 20 * * ?' (%s)".formatted(form),
          e);
    }
  }

  private static List<String> fields(LaunchWindow window) {
    return BLANKS.splitAsStream(window.cron().strip()).toList();
  }

  /**
   * The parser takes some numbers that no clock and no calendar shows, and parts fields otherwise.
   */
  private static void bounds(LaunchWindow window) throws BadWindowException {
    List<String> fields = fields(window);
    for (int i = 0; i < fields.size(); i++) {
      boolean clock = i < CLOCK.size();
      int most = clock ? CLOCK.get(i).most() : LAST_YEAR;
      Matcher number = NUMBER.matcher(fields.get(i));
      while (number.find()) {
        if (exceeds(number.group(1), most)) {
          throw new BadWindowException(
              "scheduling.window.cron",
              "'%s' has the %s %s"
                  .formatted(window.cron(), clock ? CLOCK.get(i).name() : "number", number.group()),
              clock
                  ? "write one from 0 to " + most
                  : "write days, months, and years up to %d, or no year".formatted(most),
              null);
        }
      }
    }
  }

  /**
   * Whether a number is above a bound.
   *
   * @param digits without zeros before them
   */
  private static boolean exceeds(String digits, int most) {
    return digits.length() > Integer.toString(most).length() || Integer.parseInt(digits) > most;
  }

  /** The parser's own words, unless they are a program's. */
  private static String why(ParseException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("Exception") ? "" : ": " + message.strip().replaceAll("\\.$", "");
  }

  private static ZoneId zone(LaunchWindow window) throws BadWindowException {
    try {
      return ZoneId.of(window.timeZone());
    } catch (DateTimeException e) {
      throw new BadWindowException(
          "scheduling.window.timeZone",
          "'%s' is not a time zone".formatted(window.timeZone()),
          Spelling.nearest(window.timeZone(), ZoneId.getAvailableZoneIds())
              .map(near -> "did you mean %s?".formatted(near))
              .orElse("write it like Europe/Berlin or UTC"),
          e);
    }
  }

  private static Duration duration(LaunchWindow window) throws BadWindowException {
    try {
      Duration duration = Duration.parse(window.duration());
      if (duration.isNegative() || duration.isZero()) {
        throw new DateTimeException("not positive");
      }
      return duration;
    } catch (DateTimeException e) {
      throw new BadWindowException(
          "scheduling.window.duration",
          "'%s' is not a positive duration".formatted(window.duration()),
          "write it like PT10H",
          e);
    }
  }

  /** State of the launch window at a time. */
  public LaunchWindowState at(Instant now) {
    if (openings == null) {
      return LaunchWindowState.always();
    }
    Optional<Instant> opening = openings.after(now.minus(duration));
    if (opening.isEmpty() || opening.get().isAfter(now)) {
      return new LaunchWindowState(false, opening);
    }
    Instant close = opening.get().plus(duration);
    for (int joined = 0; joined < MOST_JOINED; joined++) {
      Optional<Instant> next = openings.after(opening.get());
      if (next.isEmpty() || next.get().isAfter(close)) {
        break;
      }
      opening = next;
      close = next.get().plus(duration);
    }
    return new LaunchWindowState(true, Optional.of(close));
  }
}
