package dev.isoflop.operator;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks that are made with one seed after another. A failure names the seed that repeats it. */
public final class FuzzRun {
  private static final Logger LOG = LoggerFactory.getLogger(FuzzRun.class);

  private FuzzRun() {}

  /** Makes a check with the seeds from 0 on. */
  public static void seeds(int count, LongConsumer check) {
    for (long seed = 0; seed < count; seed++) {
      once(seed, check);
    }
  }

  /** Makes a check with ever new seeds for the minutes of {@code isoflop.fuzz.minutes}, or one. */
  public static void minutes(LongConsumer check) {
    Duration time = Duration.ofMinutes(Integer.getInteger("isoflop.fuzz.minutes", 1));
    Instant end = Instant.now().plus(time);
    long first = System.nanoTime();
    long seed = first;
    while (Instant.now().isBefore(end)) {
      once(seed, check);
      seed++;
    }
    LOG.info("{} checks in {}, with the seeds from {} on", seed - first, time, first);
  }

  private static void once(long seed, LongConsumer check) {
    try {
      check.accept(seed);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("with the seed " + seed, e);
    }
  }
}
