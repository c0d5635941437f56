package dev.isoflop.operator.collect;

import java.time.Instant;

/** The result of asking a worker for its metrics. Only {@link Scraped} carries numbers. */
public sealed interface Scrape {
  /** When the answer, or its absence, was known. */
  Instant at();

  /** The worker answered with metrics of its trial. */
  record Scraped(Instant at, WorkerMetrics metrics) implements Scrape {}

  /** The worker answered, but has nothing to say of the trial yet. */
  record Silent(Instant at) implements Scrape {}

  /** No usable answer: refused, timed out, an error status, or a page that breaks the format. */
  record Unreachable(Instant at, String reason) implements Scrape {}
}
