package dev.isoflop.operator.local.run;

import dev.isoflop.operator.collect.Scrape;
import dev.isoflop.operator.local.process.Worker;
import java.util.OptionalInt;

/** An event that wakes a run's thread. */
sealed interface LoopEvent {

  /** A worker is gone; see {@link Worker#exit()} for the code. */
  record WorkerGone(LocalTrial trial, LocalAttempt attempt, OptionalInt code)
      implements LoopEvent {}

  /** A worker has answered, or has not. */
  record MetricsArrived(LocalAttempt attempt, Scrape scrape) implements LoopEvent {}

  /** Someone wants the run to end. */
  record StopAsked() implements LoopEvent {}
}
