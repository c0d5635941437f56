package dev.isoflop.operator.cli.progress;

import dev.isoflop.api.v1alpha1.sweep.LaunchWindow;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.sweep.observe.LaunchWindowState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** When a closed launch window opens, in words. */
public final class LaunchWindowText {
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  private LaunchWindowText() {}

  /** {@code the launch window opens at 2026-12-01 20:00 Europe/Berlin, in 3h 12m}. */
  public static String closed(@Nullable LaunchWindow window, LaunchWindowState state, Instant now) {
    ZoneId zone = window == null ? ZoneOffset.UTC : ZoneId.of(window.timeZone());
    return state
        .nextChange()
        .map(
            opening ->
                "the launch window opens at %s %s, in %s"
                    .formatted(
                        MINUTES.format(opening.atZone(zone)),
                        zone,
                        NumberFormat.duration(Duration.between(now, opening))))
        .orElse("the launch window does not open again; change or remove spec.scheduling.window");
  }
}
