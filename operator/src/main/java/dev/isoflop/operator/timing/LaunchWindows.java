package dev.isoflop.operator.timing;

import dev.isoflop.api.v1alpha1.LaunchWindow;
import dev.isoflop.operator.sweep.LaunchWindowState;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;

/**
 * When trials may start: from each moment that the cron expression matches, for the window's
 * duration. Windows that overlap are one.
 */
public final class LaunchWindows {
  private static final int MOST_JOINED = 1000;

  private final @Nullable CronExpression openings;
  private final Duration duration;

  private LaunchWindows(@Nullable CronExpression openings, Duration duration) {
    this.openings = openings;
    this.duration = duration;
  }

  /**
   * The windows that a manifest describes.
   *
   * @param window null for always open
   * @throws BadWindowException if a field cannot be read; the message names it
   */
  public static LaunchWindows of(@Nullable LaunchWindow window) throws BadWindowException {
    if (window == null) {
      return new LaunchWindows(null, Duration.ZERO);
    }
    return new LaunchWindows(openings(window), duration(window));
  }

  private static CronExpression openings(LaunchWindow window) throws BadWindowException {
    try {
      CronExpression openings = new CronExpression(window.cron());
      openings.setTimeZone(TimeZone.getTimeZone(ZoneId.of(window.timeZone())));
      return openings;
    } catch (ParseException e) {
      throw new BadWindowException(
          "scheduling.window.cron",
          "'%s' is no Quartz cron expression: %s".formatted(window.cron(), e.getMessage()),
          "write it like '0 0 20 * * ?' (second minute hour day-of-month month day-of-week)",
          e);
    } catch (DateTimeException e) {
      throw new BadWindowException(
          "scheduling.window.timeZone",
          "'%s' is no time zone".formatted(window.timeZone()),
          "write it like Europe/Berlin or UTC",
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
          "'%s' is no positive duration".formatted(window.duration()),
          "write it like PT10H",
          e);
    }
  }

  /** Where a moment lies. */
  public LaunchWindowState at(Instant now) {
    if (openings == null) {
      return LaunchWindowState.always();
    }
    Optional<Instant> opening = openingAfter(openings, now.minus(duration));
    if (opening.isEmpty() || opening.get().isAfter(now)) {
      return new LaunchWindowState(false, opening);
    }
    Instant close = opening.get().plus(duration);
    for (int joined = 0; joined < MOST_JOINED; joined++) {
      Optional<Instant> next = openingAfter(openings, opening.get());
      if (next.isEmpty() || next.get().isAfter(close)) {
        break;
      }
      opening = next;
      close = next.get().plus(duration);
    }
    return new LaunchWindowState(true, Optional.of(close));
  }

  private static Optional<Instant> openingAfter(CronExpression openings, Instant instant) {
    return Optional.ofNullable(openings.getNextValidTimeAfter(Date.from(instant)))
        .map(Date::toInstant);
  }
}
