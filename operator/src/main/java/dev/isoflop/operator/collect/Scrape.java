package dev.isoflop.operator.collect;

import dev.isoflop.api.v1alpha1.status.TrialProgress;
import java.time.Instant;
import java.util.Optional;

/** The result of asking for the progress of a trial. Only {@link Scraped} carries numbers. */
public sealed interface Scrape {
  /** When the answer, or its absence, was known. */
  Instant at();

  /**
   * A worker trains the trial.
   *
   * @param progress empty before its first step
   */
  record Scraped(Instant at, Optional<TrialProgress> progress) implements Scrape {}

  /** The answer says nothing of the trial. */
  record Silent(Instant at) implements Scrape {}

  /** No usable answer: refused, timed out, an error status, or what is not in the format. */
  record Unreachable(Instant at, String reason) implements Scrape {}
}
