package dev.isoflop.worker.data;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Tells what a user should know of the data but need not act on. Each thing is told once, however
 * many samples it is true of. Safe for use by threads.
 */
public final class DataNotes {
  private final Consumer<String> log;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /** Notes that go to a log. */
  public DataNotes(Consumer<String> log) {
    this.log = requireNonNull(log, "log");
  }

  /** Notes that nobody reads. */
  public static DataNotes ignored() {
    return new DataNotes(note -> {});
  }

  /**
   * Tells something, unless a note about the same was told before.
   *
   * @param about what makes two notes the same
   */
  public void once(String about, String note) {
    if (told.add(about)) {
      log.accept(note);
    }
  }
}
