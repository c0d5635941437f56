package dev.isoflop.operator.collect;

import dev.isoflop.api.v1alpha1.status.TrialProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Progress of one attempt as its worker last told it, and its speed. */
public final class LiveMetrics {
  private static final Duration SPEED_WINDOW = Duration.ofSeconds(30);

  /** Older progress says nothing about now. */
  public static final Duration STALE = Duration.ofSeconds(15);

  private record Seen(Instant at, long step) {}

  private final Deque<Seen> seen = new ArrayDeque<>();
  private Scrape.@Nullable Scraped last;
  private @Nullable String failure;

  public void add(Scrape scrape) {
    if (scrape instanceof Scrape.Unreachable unreachable) {
      failure = unreachable.reason();
      return;
    }
    failure = null;
    if (scrape instanceof Scrape.Scraped scraped) {
      add(scraped);
    }
  }

  private void add(Scrape.Scraped scraped) {
    last = scraped;
    scraped.progress().ifPresent(progress -> seen.addLast(new Seen(scraped.at(), progress.step())));
    while (seen.size() > 2
        && seen.getFirst().at().plus(SPEED_WINDOW).isBefore(seen.getLast().at())) {
      seen.removeFirst();
    }
  }

  /** Progress as last told, however long ago; empty if none was. */
  public Optional<TrialProgress> latest() {
    return Optional.ofNullable(last).flatMap(Scrape.Scraped::progress);
  }

  /** When the worker last answered; empty if it never did. */
  public Optional<Instant> latestAt() {
    return Optional.ofNullable(last).map(Scrape.Scraped::at);
  }

  /** Why the last scrape failed; empty if it did not. */
  public Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** Progress for the status; empty if the worker was not heard of lately. */
  public Optional<TrialProgress> progress(Instant now) {
    return progress(now, STALE);
  }

  /**
   * Progress for the status; empty if the worker was not heard of lately.
   *
   * @param stale age at which progress says nothing about now
   */
  public Optional<TrialProgress> progress(Instant now, Duration stale) {
    return last == null || last.at().plus(stale).isBefore(now) ? Optional.empty() : last.progress();
  }

  public OptionalDouble stepsPerSecond() {
    if (seen.size() < 2) {
      return OptionalDouble.empty();
    }
    long steps = seen.getLast().step() - seen.getFirst().step();
    double seconds = Duration.between(seen.getFirst().at(), seen.getLast().at()).toNanos() * 1e-9;
    return steps > 0 && seconds > 0 ? OptionalDouble.of(steps / seconds) : OptionalDouble.empty();
  }

  /** Training time left at the speed of the last half minute. */
  public Optional<Duration> remaining(long steps) {
    OptionalDouble speed = stepsPerSecond();
    return speed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Duration.ofMillis(
                Math.round(
                    1e3 * Math.max(0, steps - seen.getLast().step()) / speed.getAsDouble())));
  }
}
