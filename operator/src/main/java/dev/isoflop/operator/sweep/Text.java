package dev.isoflop.operator.sweep;

import java.time.Duration;

/** Text that must fit a field of the API. */
final class Text {

  private Text() {}

  /** The text, shortened with an ellipsis where it is longer than the field. */
  static String clip(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
  }

  /** {@code 1 trial}, {@code 2 trials}. */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** {@code 2h5m}, {@code 12s}. */
  static String duration(Duration duration) {
    Duration shown = Duration.ofSeconds(duration.toSeconds());
    return shown.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
  }
}
