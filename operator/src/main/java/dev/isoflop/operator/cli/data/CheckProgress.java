package dev.isoflop.operator.cli.data;

import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.cli.shared.Console;
import dev.isoflop.operator.cli.text.TerminalText;
import dev.isoflop.trial.DataCheckMessage.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Shows how far reading is: on a terminal in one line that is drawn again, else now and then in a
 * line of its own.
 */
final class CheckProgress {
  private static final Duration SELDOM = Duration.ofSeconds(10);
  private static final String CLEAR = "\r\u001b[K";

  private final Console console;
  private final Clock clock;
  private final Instant began;
  private Instant shown;
  private boolean drawn;

  CheckProgress(Console console, Clock clock) {
    this.console = console;
    this.clock = clock;
    began = clock.instant();
    shown = began;
  }

  void show(Progress progress) {
    Instant now = clock.instant();
    String line = line(progress, Duration.between(began, now));
    if (console.interactive()) {
      console.stream().print(CLEAR + line);
      console.stream().flush();
      drawn = true;
    } else if (Duration.between(shown, now).compareTo(SELDOM) >= 0) {
      console.print(line);
      shown = now;
    }
  }

  static String line(Progress progress, Duration passed) {
    double seconds = Math.max(1e-3, passed.toMillis() / 1e3);
    StringBuilder line =
        new StringBuilder(
            "%s: %s samples, %s/s"
                .formatted(
                    TerminalText.of(progress.set()),
                    NumberFormat.whole(progress.samples()),
                    NumberFormat.count(progress.samples() / seconds)));
    if (progress.broken() > 0) {
      line.append(", ").append(NumberFormat.whole(progress.broken())).append(" broken");
    }
    if (progress.share() > 0) {
      double left = seconds * (1 - progress.share()) / progress.share();
      line.append(
          ", %s%%, %s left"
              .formatted(
                  Math.round(100 * progress.share()),
                  NumberFormat.duration(Duration.ofMillis((long) (1e3 * left)))));
    }
    return line.toString();
  }

  /** Makes room for what comes next. */
  void end() {
    if (drawn) {
      console.stream().print(CLEAR);
      console.stream().flush();
    }
  }
}
