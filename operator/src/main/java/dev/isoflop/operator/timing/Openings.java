package dev.isoflop.operator.timing;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.quartz.CronExpression;

/**
 * The moments that a cron expression matches in a time zone, also on days when clocks are set.
 *
 * <p>The expression is matched against wall-clock times, which are then placed in the zone. A time
 * that is skipped when clocks go forward becomes the first moment after the gap. A time that comes
 * twice when clocks go back counts the first time; both times if the expression's hours are {@code
 * *} or steps, since such an expression means every so many hours.
 */
final class Openings {
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final int HOURS_FIELD = 2;

  /** Matches in UTC, which stands for wall-clock time without a zone. */
  private final CronExpression wallClock;

  private final ZoneRules rules;
  private final boolean everyHour;

  /**
   * @param cron set to UTC from here on
   */
  Openings(CronExpression cron, ZoneId zone) {
    wallClock = cron;
    wallClock.setTimeZone(TimeZone.getTimeZone("UTC"));
    rules = zone.getRules();
    String hours = BLANKS.splitAsStream(cron.getCronExpression().strip()).toList().get(HOURS_FIELD);
    everyHour = hours.contains("*") || hours.contains("/");
  }

  /** The first match after a moment; empty if there is none. */
  Optional<Instant> after(Instant instant) {
    ZoneOffsetTransition next = rules.nextTransition(instant);
    Optional<Instant> again =
        everyHour && next != null && next.isOverlap()
            ? repeated(next, next.getDateTimeAfter())
            : Optional.empty();
    return Stream.of(firstTime(instant), again).flatMap(Optional::stream).min(Instant::compareTo);
  }

  private Optional<Instant> firstTime(Instant instant) {
    LocalDateTime local = LocalDateTime.ofInstant(instant, rules.getOffset(instant));
    ZoneOffsetTransition overlap = rules.getTransition(local);
    boolean secondPass =
        overlap != null && overlap.isOverlap() && !instant.isBefore(overlap.getInstant());
    if (secondPass && everyHour) {
      Optional<Instant> again = repeated(overlap, local.plusNanos(1));
      if (again.isPresent()) {
        return again;
      }
    }
    // The wall-clock times of a second pass were there before.
    LocalDateTime from = secondPass ? overlap.getDateTimeBefore().minusNanos(1) : local;
    return match(from).map(this::place);
  }

  /** The first match from a wall-clock time on within the second pass of an overlap. */
  private Optional<Instant> repeated(ZoneOffsetTransition overlap, LocalDateTime from) {
    return match(from.minusNanos(1))
        .filter(found -> found.isBefore(overlap.getDateTimeBefore()))
        .map(found -> found.toInstant(overlap.getOffsetAfter()));
  }

  /** The first matching wall-clock time after another. */
  private Optional<LocalDateTime> match(LocalDateTime local) {
    Date from = Date.from(local.toInstant(ZoneOffset.UTC));
    return Optional.ofNullable(wallClock.getNextValidTimeAfter(from))
        .map(found -> LocalDateTime.ofInstant(found.toInstant(), ZoneOffset.UTC));
  }

  private Instant place(LocalDateTime local) {
    ZoneOffsetTransition transition = rules.getTransition(local);
    return transition != null && transition.isGap()
        ? transition.getInstant()
        : local.toInstant(
            transition == null ? rules.getOffset(local) : transition.getOffsetBefore());
  }
}
