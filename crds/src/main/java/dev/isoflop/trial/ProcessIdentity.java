package dev.isoflop.trial;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Identity of a process of a machine, by which it is recognised, as the system reports it. Its
 * arguments are no part of it: anybody may give a process any argument.
 *
 * @param startedAt in ISO 8601; with the id it names one process
 * @param program path of the program; null where the system does not tell
 * @param user whom it belongs to; null where the system does not tell
 */
public record ProcessIdentity(
    long pid, String startedAt, @Nullable String program, @Nullable String user) {
  /** The system derives start times from its clock, which may have been set a little since. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

  /** Lines of {@link #text()}. */
  private static final int LINES = 4;

  /**
   * A process that runs.
   *
   * @param otherwise when it started, for systems that do not tell
   */
  public static ProcessIdentity of(ProcessHandle process, Instant otherwise) {
    ProcessHandle.Info info = process.info();
    return new ProcessIdentity(
        process.pid(),
        info.startInstant().orElse(otherwise).toString(),
        info.command().orElse(null),
        info.user().orElse(null));
  }

  /** When it started. */
  public Instant start() {
    return Instant.parse(startedAt);
  }

  /** Whether a process that runs is this one, by all that is known of both. */
  public boolean isOf(ProcessHandle process) {
    ProcessHandle.Info info = process.info();
    return process.pid() == pid
        && info.startInstant().filter(this::isStart).isPresent()
        && isSame(program, info.command())
        && isSame(user, info.user());
  }

  private boolean isStart(Instant reported) {
    return Duration.between(reported, start()).abs().compareTo(CLOCK_TOLERANCE) < 0;
  }

  private static boolean isSame(@Nullable String known, Optional<String> reported) {
    return known == null || reported.filter(known::equals).isPresent();
  }

  /** Lines of text, for a file that a worker leaves of itself. */
  public String text() {
    return "%d\n%s\n%s\n%s\n"
        .formatted(pid, startedAt, program == null ? "" : program, user == null ? "" : user);
  }

  /** Reads {@link #text()}; empty for any other text. */
  public static Optional<ProcessIdentity> parse(String text) {
    List<String> lines = List.of(text.split("\n", -1));
    if (lines.size() != LINES + 1 || !lines.get(0).matches("\\d{1,18}")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ProcessIdentity(
              Long.parseLong(lines.get(0)),
              Instant.parse(lines.get(1)).toString(),
              told(lines.get(2)),
              told(lines.get(3))));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static @Nullable String told(String line) {
    return line.isEmpty() ? null : line;
  }
}
