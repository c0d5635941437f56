package dev.isoflop.operator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that the test sets, or that runs so many times faster than the machine's. */
public final class TestClock extends Clock {
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Instant origin = Instant.now();
  private final int factor;
  private volatile Instant now;

  private TestClock(Instant now, int factor) {
    this.now = now;
    this.factor = factor;
  }

  /** A clock that stands at {@link #START} until the test moves it. */
  public static TestClock standing() {
    return standingAt(START);
  }

  public static TestClock standingAt(Instant now) {
    return new TestClock(now, 0);
  }

  /** A clock that shows the time of the machine now, and runs faster from then on. */
  public static TestClock running(int factor) {
    return new TestClock(Instant.now(), factor);
  }

  public void set(Instant later) {
    now = later;
  }

  public void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Instant instant() {
    return factor == 0
        ? now
        : now.plus(Duration.between(origin, Instant.now()).multipliedBy(factor));
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
