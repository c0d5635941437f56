package dev.isoflop.operator.sweep;

import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.trial.TrialResult;
import java.util.Optional;

/**
 * One trial as it was found.
 *
 * @param name as planned
 * @param status as last stored; empty for a trial that was created but never written to
 * @param attempt the newest attempt of which there is a trace
 * @param result the result that lies in the trial's folder or termination message, whichever
 *     attempt left it; empty also if it cannot be read
 */
public record TrialObservation(
    String name,
    Optional<TrialStatus> status,
    AttemptObservation attempt,
    Optional<TrialResult> result) {

  /** Its attempt that runs and was not told to stop. */
  Optional<AttemptObservation.Running> unstopped() {
    return attempt instanceof AttemptObservation.Running running && !running.stopping()
        ? Optional.of(running)
        : Optional.empty();
  }
}
