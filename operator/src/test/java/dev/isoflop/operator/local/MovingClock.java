package dev.isoflop.operator.local;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that runs some times faster than the real one. */
public final class MovingClock extends Clock {
  private final Instant origin = Instant.now();
  private final Clock real = Clock.systemUTC();
  private final int factor;

  public MovingClock(int factor) {
    this.factor = factor;
  }

  @Override
  public Instant instant() {
    return origin.plus(Duration.between(origin, real.instant()).multipliedBy(factor));
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
