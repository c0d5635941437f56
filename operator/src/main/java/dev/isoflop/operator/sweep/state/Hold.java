package dev.isoflop.operator.sweep.state;

import dev.isoflop.api.v1alpha1.status.TrialBlock;
import dev.isoflop.operator.sweep.observe.AttemptObservation;
import dev.isoflop.trial.OutcomeReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A fault that no trial is to be charged for and that holds all launches, like an open circuit
 * breaker: full storage, missing data, an image that cannot be pulled, or a failure that the first
 * trials share. While it lasts, one attempt at a time probes whether it is mended, at intervals
 * that double; an attempt that gets to work ends the hold.
 *
 * <p>It follows from the trials' statuses and from what is seen of their attempts, and from nothing
 * else: each blocked trial says since when, and an attempt that began after that and works refutes
 * it.
 *
 * @param reason what is at fault, as met last
 * @param message what is at fault, with the way out
 * @param trials that are blocked and have not ended
 * @param since when the fault was first met
 * @param last when it was last met
 */
public record Hold(OutcomeReason reason, String message, int trials, Instant since, Instant last) {
  static final Duration FIRST_PROBE = Duration.ofSeconds(15);
  static final Duration LONGEST_PROBE = Duration.ofMinutes(5);

  /** An attempt that cannot begin makes room for another probe after so long. */
  public static final Duration PATIENCE = Duration.ofMinutes(5);

  /** An attempt that has run for so long works, even if its progress is never heard of. */
  public static final Duration SURELY_WORKING = Duration.ofMinutes(10);

  /** One trial's part in it. */
  private record Part(OutcomeReason reason, String message, Instant since, Instant last) {
    static Part of(TrialBlock block) {
      return new Part(
          block.reason(),
          block.message(),
          Instant.parse(block.since()),
          Instant.parse(block.last()));
    }

    static Part of(AttemptObservation.Blocker blocker) {
      return new Part(blocker.reason(), blocker.message(), blocker.since(), blocker.since());
    }
  }

  /** The hold that the trials' states amount to; empty if launches are free. */
  public static Optional<Hold> of(List<TrialState> trials, Instant now) {
    List<Part> parts = new ArrayList<>();
    for (TrialState trial : trials) {
      part(trial).filter(part -> !refuted(part, trials, now)).ifPresent(parts::add);
    }
    return parts.stream()
        .max(Comparator.comparing(Part::last))
        .map(
            newest ->
                new Hold(
                    newest.reason(),
                    newest.message(),
                    parts.size(),
                    parts.stream().map(Part::since).min(Instant::compareTo).orElseThrow(),
                    newest.last()));
  }

  private static Optional<Part> part(TrialState trial) {
    if (trial.ended()) {
      return Optional.empty();
    }
    return trial.blocker().map(Part::of).or(() -> trial.block().map(Part::of));
  }

  /** Whether an attempt that began later got past what blocks this trial. */
  public static boolean refuted(TrialBlock block, List<TrialState> trials, Instant now) {
    return refuted(Part.of(block), trials, now);
  }

  private static boolean refuted(Part part, List<TrialState> trials, Instant now) {
    return trials.stream()
        .anyMatch(
            trial ->
                part.reason().beforeStart()
                    ? trial.beganAfter(part.last(), now)
                    : trial.workedAfter(part.last(), now));
  }

  /** Whether it is a failure that the first trials share, rather than a fault of what they need. */
  public boolean common() {
    return !reason.external();
  }

  /** When to probe next: after as long as the fault lasts already, within bounds. */
  public Instant probeAt() {
    Duration lasted = Duration.between(since, last);
    Duration bounded = lasted.compareTo(LONGEST_PROBE) > 0 ? LONGEST_PROBE : lasted;
    return last.plus(bounded.compareTo(FIRST_PROBE) < 0 ? FIRST_PROBE : bounded);
  }

  /** Whether an attempt that runs is a probe: it began after the fault was last met, or waits. */
  public boolean probes(AttemptObservation.Running attempt) {
    return attempt.since().isAfter(last) || attempt.waiting().isPresent();
  }
}
