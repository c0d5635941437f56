package dev.isoflop.operator.collect;

import dev.isoflop.api.v1alpha1.status.TrialProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Metrics that one attempt's worker has told so far, and its speed. */
public final class LiveMetrics {
  private static final int CURVE_POINTS = 256;
  private static final Duration SPEED_WINDOW = Duration.ofSeconds(30);

  /** Older metrics say nothing about now. */
  public static final Duration STALE = Duration.ofSeconds(15);

  private record Seen(Instant at, double step) {}

  private final TrainingCurve curve = new TrainingCurve(CURVE_POINTS);
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
    curve.add(scraped.metrics());
    scraped.metrics().step().ifPresent(step -> seen.addLast(new Seen(scraped.at(), step)));
    while (seen.size() > 2
        && seen.getFirst().at().plus(SPEED_WINDOW).isBefore(seen.getLast().at())) {
      seen.removeFirst();
    }
  }

  public Optional<WorkerMetrics> latest() {
    return Optional.ofNullable(last).map(Scrape.Scraped::metrics);
  }

  public Optional<Instant> latestAt() {
    return Optional.ofNullable(last).map(Scrape.Scraped::at);
  }

  /** Why the last scrape failed; empty if it did not. */
  public Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  public List<CurvePoint> curve() {
    return curve.points();
  }

  /** Progress for the status; empty if the worker was not heard of lately. */
  public Optional<TrialProgress> progress(Instant now) {
    return progress(now, STALE);
  }

  /**
   * Progress for the status; empty if the worker was not heard of lately.
   *
   * @param stale age at which metrics say nothing about now
   */
  public Optional<TrialProgress> progress(Instant now, Duration stale) {
    if (last == null || last.at().plus(stale).isBefore(now)) {
      return Optional.empty();
    }
    WorkerMetrics metrics = last.metrics();
    if (metrics.step().isEmpty()
        || metrics.progress().isEmpty()
        || Double.isNaN(metrics.progress().getAsDouble())) {
      return Optional.empty();
    }
    return Optional.of(
        new TrialProgress(
            Math.max(0, (long) metrics.step().getAsDouble()),
            Math.min(1, Math.max(0, metrics.progress().getAsDouble())),
            boxed(metrics.trainLoss()),
            boxed(metrics.checkpointAgeSeconds())));
  }

  private static @Nullable Double boxed(OptionalDouble value) {
    return value.isPresent() && Double.isFinite(value.getAsDouble()) ? value.getAsDouble() : null;
  }

  public OptionalDouble stepsPerSecond() {
    if (seen.size() < 2) {
      return OptionalDouble.empty();
    }
    double steps = seen.getLast().step() - seen.getFirst().step();
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
                    1000 * Math.max(0, steps - seen.getLast().step()) / speed.getAsDouble())));
  }
}
