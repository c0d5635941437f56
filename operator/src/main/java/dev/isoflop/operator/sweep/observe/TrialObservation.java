package dev.isoflop.operator.sweep.observe;

import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.trial.TrialResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One trial as it was found.
 *
 * @param name as planned
 * @param status as last stored; empty for a trial that was created but never written to
 * @param attempt the newest attempt of which there is a trace
 * @param result the result that lies in the trial's folder or termination message, whichever
 *     attempt left it; empty also if it cannot be read
 * @param lost workers of the newest attempt that something outside ended while the attempt goes on
 *     with another, the earliest first
 * @param retry the latest request to try this trial again; any text, each another
 * @param givenUp whether the sweep may go on without it, should storage, data or what its pod needs
 *     be at fault
 */
public record TrialObservation(
    String name,
    Optional<TrialStatus> status,
    AttemptObservation attempt,
    Optional<TrialResult> result,
    List<LostWorker> lost,
    Optional<String> retry,
    boolean givenUp) {

  /**
   * A worker that something outside ended, and that the runner itself replaces.
   *
   * @param cause for people
   */
  public record LostWorker(Instant at, String cause) {}

  public TrialObservation {
    lost = List.copyOf(lost);
  }

  /** One that has lost no workers, and of which nobody asks anything. */
  public TrialObservation(
      String name,
      Optional<TrialStatus> status,
      AttemptObservation attempt,
      Optional<TrialResult> result) {
    this(name, status, attempt, result, List.of(), Optional.empty(), false);
  }

  /** The number of its newest attempt of which there is a trace; 0 if there is none. */
  public int number() {
    if (attempt instanceof AttemptObservation.Running running) {
      return running.number();
    }
    return attempt instanceof AttemptObservation.Ended ended ? ended.number() : 0;
  }

  /** The attempt that runs and was not told to stop. */
  public Optional<AttemptObservation.Running> unstopped() {
    return attempt instanceof AttemptObservation.Running running && !running.stopping()
        ? Optional.of(running)
        : Optional.empty();
  }
}
