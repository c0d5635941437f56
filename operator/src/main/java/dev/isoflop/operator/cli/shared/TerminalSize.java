package dev.isoflop.operator.cli.shared;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.isoflop.operator.cli.progress.ScreenSize;
import java.io.File;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks {@code stty} for the size of the terminal, at most every few seconds. {@code COLUMNS} of the
 * environment, where it is set, wins over its answer, as POSIX has it.
 */
public final class TerminalSize implements Supplier<ScreenSize> {
  private static final Duration KEPT = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Pattern ROWS_COLUMNS = Pattern.compile("(\\d{1,5}) (\\d{1,5})\\s*");

  private static final Pattern COLUMNS = Pattern.compile("[1-9]\\d{0,4}");

  private final Clock clock;
  private final OptionalInt asked;
  private ScreenSize known = ScreenSize.USUAL;
  private Instant until = Instant.MIN;

  /**
   * @param environment variables of this process
   */
  public TerminalSize(Clock clock, Map<String, String> environment) {
    this.clock = clock;
    String columns = environment.getOrDefault("COLUMNS", "");
    this.asked =
        COLUMNS.matcher(columns).matches()
            ? OptionalInt.of(Integer.parseInt(columns))
            : OptionalInt.empty();
  }

  @Override
  public ScreenSize get() {
    Instant now = clock.instant();
    if (!now.isBefore(until)) {
      ScreenSize answered = ask();
      known = new ScreenSize(asked.orElse(answered.columns()), answered.rows());
      until = now.plus(KEPT);
    }
    return known;
  }

  private ScreenSize ask() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        stty.destroyForcibly();
        return known;
      }
      return parse(new String(stty.getInputStream().readAllBytes(), US_ASCII));
    } catch (IOException noTerminal) {
      return known;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return known;
    }
  }

  private ScreenSize parse(String answer) {
    Matcher matcher = ROWS_COLUMNS.matcher(answer);
    if (!matcher.matches()) {
      return known;
    }
    int rows = Integer.parseInt(matcher.group(1));
    int columns = Integer.parseInt(matcher.group(2));
    return rows > 0 && columns > 0 ? new ScreenSize(columns, rows) : known;
  }
}
