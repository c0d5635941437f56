package dev.isoflop.api.v1alpha1.bounds;

import java.time.Duration;
import java.time.format.DateTimeParseException;

/**
 * Format of durations in manifests: ISO 8601 without years and months, such as PT10M or P1DT12H.
 */
public final class Durations {
  /** Matches what {@link Duration#parse} takes, upper case, positive, whole units. */
  public static final String PATTERN =
      "^P(?:\\d{1,5}D)?(?:T(?:\\d{1,6}H)?(?:\\d{1,6}M)?(?:\\d{1,9}S)?)?$";

  /** What to give, for messages. */
  public static final String EXPECTED = "a positive ISO 8601 duration, such as PT10M or P1DT12H";

  private Durations() {}

  /** Whether a text is a duration that is longer than none. */
  public static boolean isPositive(String text) {
    try {
      Duration parsed = Duration.parse(text);
      return !parsed.isZero() && !parsed.isNegative();
    } catch (DateTimeParseException notDuration) {
      return false;
    }
  }
}
